import { crc32 } from 'node:zlib';
import { customAlphabet } from 'nanoid';
import type { Scope } from '../domain/scope.js';

type Mode = Scope['mode'];

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const API_KEY = /^payonce_(test|live)_[0-9A-Za-z]{38}$/;
const PROVIDER_KEY = /^payonce_provider_(test|live)_[0-9A-Za-z]{38}$/;

const randomSecret = customAlphabet(BASE62, SECRET_LENGTH);

/** A new secret key of the API: the mode, 190 random bits, and a checksum that tells a mistyped key from a revoked one without a look-up. */
export const newApiKey = ({ mode }: { readonly mode: Mode }): string => newKey(`payonce_${mode}_`);

/** A new secret key of a fulfillment provider that works outside of this installation; made like a key of the API, and never taken for one. */
export const newProviderKey = ({ mode }: { readonly mode: Mode }): string => newKey(`payonce_provider_${mode}_`);

function newKey(beginning: string): string {
  const body = beginning + randomSecret();
  return body + checksum(body);
}

/** Whether a text is a key as {@link newApiKey} makes them, checksum included. Says nothing about whether the key was ever issued. */
export const isApiKey = (text: string): boolean => apiKeyMode(text) !== undefined;

/** The mode that a well-formed key names; undefined for any other text. */
export const apiKeyMode = (text: string): Mode | undefined => modeIn(API_KEY, text);

/** The same of a provider's key. */
export const providerKeyMode = (text: string): Mode | undefined => modeIn(PROVIDER_KEY, text);

function modeIn(shape: RegExp, text: string): Mode | undefined {
  const mode = shape.exec(text)?.[1];
  if (mode !== 'test' && mode !== 'live') return undefined;
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH) ? mode : undefined;
}

/** What may be shown of a key to recognize it by. */
export const apiKeyLast4 = (key: string): string => key.slice(-4);

/** CRC-32 in base 62, most significant digit first, padded with zeros. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
