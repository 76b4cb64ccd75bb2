import { createHmac } from 'node:crypto';

/** The `Sandbox-Signature` header: HMAC-SHA256 over `<unix seconds>.<body>`, in hex. */
export function signatureHeader({ secret, body, at }: { secret: string; body: string; at: Date }): string {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}
