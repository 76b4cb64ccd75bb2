import { randomUUID } from 'node:crypto';
import { customAlphabet } from 'nanoid';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const unique = customAlphabet(alphabet, 24);
const secret = customAlphabet(alphabet, 40);

/** A payment's id. */
export const paymentId = (): string => `sp_${unique()}`;
/** A refund's id. */
export const refundId = (): string => `sr_${unique()}`;
/** A webhook event's id: the same in every attempt and at every endpoint. */
export const eventId = (): string => `sev_${unique()}`;
/** A webhook endpoint's id. */
export const endpointId = (): string => `swe_${unique()}`;
/** The secret in a card page's address: more than 200 random bits. */
export const clientSecret = (): string => `spay_${secret()}`;
/** A webhook endpoint's signing secret. */
export const signingSecret = (): string => `swsec_${secret()}`;
/** One run of this process. */
export const instanceId = (): string => randomUUID();
