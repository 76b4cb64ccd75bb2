import type { Address, Metadata } from '@payonce/engine/domain';
import { isCountry } from '@payonce/engine/domain';
import { z } from 'zod';
import type { OpenSession } from './deps.js';
import { webAddress } from './return-url.js';

/** The largest quantity that a link or its page asks for. */
export const MAX_QUANTITY = 1000;

const MAX_PAIRS = 50;
const METADATA = /^metadata_([A-Za-z0-9_-]{1,40})$/;

/** Sent once and short enough, or as good as absent: a link with one bad parameter still sells. */
const given = (max: number) => z.string().trim().min(1).max(max).nullable().catch(null);

const known = z.object({
  quantity: z.coerce.number().int().min(1).max(MAX_QUANTITY).catch(1),
  email: z.email().max(254).nullable().catch(null),
  fullName: given(100),
  firstName: given(50),
  lastName: given(50),
  country: z.string().toUpperCase().refine(isCountry).nullable().catch(null),
  addressLine: given(200),
  city: given(100),
  state: given(50),
  zipCode: given(20),
  redirect_url: z
    .string()
    .max(2048)
    .transform((text) => webAddress(text) ?? null)
    .nullable()
    .catch(null),
});

/** The parameters of a static link that this page honors. Anything else in the address is ignored. */
export interface StaticLink {
  readonly request: Omit<OpenSession, 'product'>;
  /** The same parameters again, for the form: all but the quantity, which the buyer chooses. */
  readonly carried: readonly (readonly [name: string, value: string])[];
}

/** Reads the query of a static link, or the form that carries it on. */
export function readStaticLink(source: unknown): StaticLink {
  const parameters = typeof source === 'object' && source !== null ? Object.entries(source) : [];
  const link = known.parse(Object.fromEntries(parameters));
  const metadata = metadataOf(parameters);
  const { quantity, ...others } = link;
  return {
    request: {
      quantity,
      email: link.email,
      name: nameOf(link),
      billing: billingOf(link),
      returnUrl: link.redirect_url,
      metadata,
    },
    carried: [
      ...Object.entries(others).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
      ...Object.entries(metadata).map(([name, value]) => [`metadata_${name}`, String(value)] as const),
    ],
  };
}

type Link = z.infer<typeof known>;

const nameOf = ({ fullName, firstName, lastName }: Link): string | null => {
  const parts = [firstName, lastName].filter((part) => part !== null);
  return fullName ?? (parts.length === 0 ? null : parts.join(' '));
};

const billingOf = ({ country, state, city, addressLine, zipCode }: Link): Address | null =>
  country === null
    ? null
    : { country, state: state?.toUpperCase() ?? null, city, street: addressLine, zipcode: zipCode };

const metadataOf = (parameters: readonly (readonly [string, unknown])[]): Metadata =>
  Object.fromEntries(
    parameters
      .flatMap(([name, value]) => {
        const key = METADATA.exec(name)?.[1];
        return key !== undefined && typeof value === 'string' && value.length <= 500 ? [[key, value] as const] : [];
      })
      .slice(0, MAX_PAIRS),
  );
