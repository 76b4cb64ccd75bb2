import type { CalculateTax, TaxCalculation, TaxCalculator, TaxRecord } from '@payonce/plugin-sdk';
import { httpClient } from './client.js';
import type { HttpTaxOptions } from './options.js';
import { answerOf, wireQuestion, wireRecord } from './wire.js';

/** What the calculator is made of. */
export interface HttpCalculatorDeps {
  readonly options: HttpTaxOptions;
  now(): Date;
}

const SECRET_PREFIX = 'whsec_';

/** Asks the merchant's own service. Repeat-safe as far as the service is: the same call carries the same `webhook-id`. */
export function httpCalculator({ options, now }: HttpCalculatorDeps): TaxCalculator {
  const { id, url, secret, timeoutMs, commitUrl, voidUrl } = options;
  const client = httpClient({ secret, timeoutMs, now });
  const secrets = [secret.slice(SECRET_PREFIX.length)];
  const telling = (type: 'tax.commit' | 'tax.void', to: string) => async (request: TaxRecord) => {
    await client.post({ ...callOf(request), url: to, body: wireRecord(type, request), hidden: secrets });
  };
  return {
    id,
    async calculate(request): Promise<TaxCalculation> {
      const hidden = [...secrets, ...peopleIn(request)];
      const body = await client.post({ ...callOf(request), url, body: wireQuestion(request), hidden });
      return answerOf(body, request);
    },
    ...(commitUrl !== undefined && { commit: telling('tax.commit', commitUrl) }),
    ...(voidUrl !== undefined && { void: telling('tax.void', voidUrl) }),
  };
}

const callOf = ({ idempotencyKey, signal }: CalculateTax | TaxRecord) => ({ idempotencyKey, signal });

const peopleIn = ({ buyer }: CalculateTax): readonly string[] =>
  [buyer.taxId, buyer.postcode].filter((text) => text !== undefined);
