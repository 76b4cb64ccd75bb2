const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** An address of a configuration, and what may be done with it. */
export interface CalledUrl {
  /** An absolute address. */
  readonly url: string;
  /** What would be seen on the way, for the message: 'names of buyers'. */
  readonly carries: string;
  /** Whether http will do on this machine. */
  readonly allowLoopback: boolean;
}

/**
 * Why an address must not be called; undefined when it may be: https, or http on this machine when that is allowed, and nobody's password in it. Called by the options of
 * plugins; throws nothing.
 *
 * ```ts
 * .superRefine(({ url, allowLoopback }, context) => {
 *   const message = urlProblem({ url, allowLoopback, carries: 'names of buyers' });
 *   if (message !== undefined) context.addIssue({ code: 'custom', path: ['url'], message });
 * })
 * ```
 */
export function urlProblem({ url, carries, allowLoopback }: CalledUrl): string | undefined {
  if (!URL.canParse(url)) return 'is no address';
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'has a user or password in it: the signature says who calls';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:' || !LOOPBACK.includes(hostname)) return `is not https: ${carries} would travel in the clear`;
  return allowLoopback ? undefined : 'is http on this machine: say allowLoopback: true if you mean it';
}
