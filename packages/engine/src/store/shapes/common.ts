import type { Address, CustomerDetails } from '../../domain/customer.js';
import type { Metadata } from '../../domain/metadata.js';
import type { Scope } from '../../domain/scope.js';
import type { Codec } from '../codec/codec.js';
import { checked } from '../codec/codec.js';
import type { Fields } from '../codec/composites.js';
import { nullable, record } from '../codec/composites.js';
import { pairs } from '../codec/free-form.js';
import { id, oneOf, text } from '../codec/scalars.js';

/** Whose document it is. */
export const scope: Fields<Scope> = { business: id('bus'), mode: oneOf('test', 'live') };

export const customerDetails: Codec<CustomerDetails> = record<CustomerDetails>({
  id: id('cus'),
  email: text,
  name: text,
  phone: nullable(text),
});

export const address: Codec<Address> = record<Address>({
  country: text,
  state: nullable(text),
  city: nullable(text),
  street: nullable(text),
  zipcode: nullable(text),
});

export const metadata: Codec<Metadata> = pairs(
  checked(
    'a text, a number or true or false',
    (value): value is string | number | boolean =>
      typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)),
  ),
);
