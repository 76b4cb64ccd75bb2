import { PermanentError, isCurrency } from '@payonce/plugin-sdk';
import type { CreatePayment, Money, RefundPayment } from '@payonce/plugin-sdk';

/** The body of a new payment. Nothing about the buyer goes along: the sandbox has no use for it. */
export const toNewPayment = ({ reference, amount, description, returnUrl, paymentMethod }: CreatePayment) => ({
  reference,
  ...toSandboxAmount(amount),
  return_url: returnUrl,
  ...texts({ description }),
  ...(paymentMethod !== undefined && { payment_method: paymentMethod }),
});

/** The body of a new refund. */
export const toNewRefund = ({ reference, payment, amount, reason }: RefundPayment) => ({
  payment: payment.processorRef,
  reference,
  amount: toSandboxAmount(amount).amount,
  ...texts({ reason }),
});

const MOST = 999_999_999_999;

/** The sandbox counts as we do, so the conversion is exact; what it cannot take is refused, never rounded. */
function toSandboxAmount({ amount, currency }: Money): Money {
  if (Number.isSafeInteger(amount) && amount >= 1 && amount <= MOST && isCurrency(currency))
    return { amount, currency };
  throw new PermanentError({ code: 'amount_not_chargeable', message: `the sandbox takes 1 to ${MOST} minor units` });
}

const MOST_CHARACTERS = 500;

/** Texts as the sandbox takes them: without control characters, not empty, not too long. */
function texts(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const cleaned = Object.entries(given).map(
    ([name, text = '']) => [name, text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim()] as const,
  );
  return Object.fromEntries(
    cleaned.flatMap(([name, text]) =>
      text === '' ? [] : [[name, Array.from(text).slice(0, MOST_CHARACTERS).join('')]],
    ),
  );
}
