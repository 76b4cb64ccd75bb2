import { describe, expect, it } from '@jest/globals';
import { billingAddress, formErrors, plainTaxId, readPayForm, shownAgain, taxBuyer } from './pay-form.js';
import type { FormValues } from './pay-form.js';

const values = (part: Partial<FormValues> = {}): FormValues => ({
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  country: 'DE',
  state: '',
  zipcode: '',
  business: false,
  businessName: '',
  taxId: '',
  ...part,
});

const unknown = { billing: null };

describe('reading a form', () => {
  it('keeps what was typed, trimmed', () => {
    const form = readPayForm({
      email: ' a@b.de ',
      name: 'Ada',
      country: 'us',
      state: 'ca',
      zipcode: '90210',
      business: 'yes',
      tax_id: 'x',
      shown_total: '1255',
    });
    expect(form.values).toEqual(
      values({
        email: 'a@b.de',
        name: 'Ada',
        country: 'US',
        state: 'CA',
        zipcode: '90210',
        business: true,
        taxId: 'x',
      }),
    );
    expect(form.shownTotal).toBe(1255);
  });

  it.each([undefined, null, 'text', 7, [], { email: ['a@b.de', 'c@d.de'], name: { a: 1 } }])(
    'takes %j for an empty form',
    (body) => {
      expect(readPayForm(body).values).toEqual(values({ email: '', name: '', country: '' }));
    },
  );

  it.each(['-1', '1.5', '1e3', '', 'NaN', '99999999999999999'])('does not believe %j as a total', (shown) => {
    expect(readPayForm({ shown_total: shown }).shownTotal).toBeUndefined();
  });

  it('takes only ids of attempts for one', () => {
    expect(readPayForm({ attempt: 'att_AAAAAAAAAAAAAAAAAAAAA' }).attempt).toBe('att_AAAAAAAAAAAAAAAAAAAAA');
    expect(readPayForm({ attempt: 'pay_AAAAAAAAAAAAAAAAAAAAA' }).attempt).toBeUndefined();
    expect(readPayForm({ attempt: "att_'; drop" }).attempt).toBeUndefined();
  });
});

describe('what is wrong with a form', () => {
  it('is nothing when it is complete', () => {
    expect(formErrors(values())).toEqual({});
    expect(formErrors(values({ country: 'US', state: 'CA', zipcode: '90210-1234' }))).toEqual({});
    expect(formErrors(values({ country: 'CA', state: 'QC', zipcode: 'h2x 1y4' }))).toEqual({});
    expect(formErrors(values({ business: true, taxId: 'DE 123.456-789' }))).toEqual({});
  });

  it('is said for every empty field at once', () => {
    expect(Object.keys(formErrors(values({ email: '', name: '', country: '' })))).toEqual(['email', 'name', 'country']);
    expect(Object.keys(formErrors(values({ country: 'US' })))).toEqual(['state', 'zipcode']);
  });

  it.each([
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a b@example.com',
    'ada@example.com\nbcc: x@y.de',
    `${'a'.repeat(250)}@b.de`,
  ])('is an e-mail address such as %j', (email) =>
    expect(formErrors(values({ email })).email).toContain('name@example.com'),
  );

  it.each([{ country: 'DEU' }, { country: 'XX' }, { country: 'de' }])(
    'is a country that does not exist: %j',
    (part) => {
      expect(formErrors(values(part)).country).toBe('Choose your country.');
    },
  );

  it('is a state or a postal code of another country', () => {
    expect(formErrors(values({ country: 'US', state: 'QC', zipcode: '90210' }))).toEqual({
      state: 'Choose your state.',
    });
    expect(formErrors(values({ country: 'CA', state: 'QC', zipcode: '90210' })).zipcode).toContain('Postal code');
  });

  it('is a card number, which is not sent back', () => {
    const wrong = values({ name: '4242 4242 4242 4242' });
    expect(formErrors(wrong).name).toContain('Never type it here');
    expect(shownAgain(wrong)).toEqual(values({ name: '' }));
  });

  it('is more than one line, or too long', () => {
    expect(formErrors(values({ name: 'Ada\u0000Lovelace' })).name).toBe('Use one line of plain text.');
    expect(formErrors(values({ name: 'A'.repeat(101) })).name).toBe('Use at most 100 characters.');
  });

  it.each(['', 'abc', '<script>', 'DE 1234567890123456789012345678901234'])(
    'is a tax id such as %j, for a business only',
    (taxId) => {
      expect(formErrors(values({ business: true, taxId }))).toHaveProperty('taxId');
      expect(formErrors(values({ business: false, taxId }))).toEqual({});
    },
  );
});

describe('the address of an attempt', () => {
  it('has only what the tax of its country asks for', () => {
    const typed = values({ state: 'CA', zipcode: '90210' });
    expect(billingAddress({ values: typed, session: unknown })).toMatchObject({
      country: 'DE',
      state: null,
      zipcode: null,
    });
    expect(billingAddress({ values: { ...typed, country: 'US' }, session: unknown })).toMatchObject({
      state: 'CA',
      zipcode: '90210',
    });
  });

  it('keeps the rest of what the merchant gave, for the same country only', () => {
    const billing = { country: 'DE', state: 'BE', city: 'Berlin', street: 'Allee 1', zipcode: '10115' };
    expect(billingAddress({ values: values(), session: { billing } })).toEqual(billing);
    expect(billingAddress({ values: values({ country: 'FR' }), session: { billing } }).city).toBeNull();
  });
});

describe('who buys, for tax', () => {
  it('is not known before the address is complete', () => {
    expect(taxBuyer({ values: values({ country: '' }), session: unknown })).toBeUndefined();
    expect(taxBuyer({ values: values({ country: 'US', state: 'CA' }), session: unknown })).toBeUndefined();
    expect(taxBuyer({ values: values({ email: '', name: '' }), session: unknown })).toEqual({
      country: 'DE',
      kind: 'consumer',
    });
  });

  it('is a business with its tax id in one spelling', () => {
    expect(taxBuyer({ values: values({ business: true, taxId: 'de 123.456-789' }), session: unknown })).toEqual({
      country: 'DE',
      kind: 'business',
      taxId: 'DE123456789',
    });
    expect(plainTaxId(values({ business: false, taxId: 'DE123456789' }))).toBeNull();
  });
});
