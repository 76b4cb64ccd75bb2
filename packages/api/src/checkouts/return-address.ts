import { z } from 'zod';

const FORGIVEN_BY_PARSERS = /[\u0000-\u0020\u007f\\]/;

/** An address that buyers are sent to after the checkout: https (plain http in development), absolute, without a user name. */
export const returnAddress = ({ development }: { readonly development: boolean }) =>
  z
    .string()
    .max(2048)
    .refine((text) => isWebAddress({ text, development }), {
      message: `must be an absolute ${development ? 'http or https' : 'https'} address without a user name, spaces or backslashes`,
    });

function isWebAddress({ text, development }: { readonly text: string; readonly development: boolean }): boolean {
  if (FORGIVEN_BY_PARSERS.test(text) || !/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return (
    (protocol === 'https:' || (development && protocol === 'http:')) &&
    username === '' &&
    password === '' &&
    hostname !== ''
  );
}
