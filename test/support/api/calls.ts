import type { ApiServer } from './api-server.js';

/** An answer with its body parsed, as far as it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown> & {
    readonly code?: string;
    readonly message?: string;
    readonly items?: readonly Record<string, unknown>[];
  };
}

/** A request to the API. */
export interface Call {
  readonly method?: string;
  readonly path: string;
  /** null for none; the shop's test key when absent. */
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes or text as they are, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

/** Sends one request. */
export async function call(
  api: Pick<ApiServer, 'url' | 'shop'>,
  { method, path, key = api.shop.test, body, headers = {}, raw }: Call,
): Promise<Answer> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await fetch(path.startsWith('http') ? path : `${api.url}${path}`, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
}

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
}

/** A product that the shop sells. Answers its id. */
export async function addProduct(
  api: ApiServer,
  fields: Readonly<Record<string, unknown>> = {},
  key?: string,
): Promise<string> {
  const answer = await call(api, {
    path: '/products',
    body: { ...PRODUCT, ...fields },
    ...(key !== undefined && { key }),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return String(answer.body['product_id']);
}

export const PRICE = {
  type: 'one_time_price',
  currency: 'EUR',
  price: 2000,
  discount: 0,
  tax_inclusive: true,
  purchasing_power_parity: false,
};
export const PRODUCT = { name: 'Plug-in', tax_category: 'digital_products', price: PRICE };
export const ADDRESS = { country: 'DE', city: 'Berlin', street: 'Street 1', zipcode: '10115', state: null };

/** A paid purchase of one product. */
export async function buy(
  api: ApiServer,
  {
    product,
    quantity = 1,
    key,
    email = 'ann@example.com',
  }: { readonly product: string; readonly quantity?: number; readonly key?: string; readonly email?: string },
) {
  const answer = await call(api, {
    path: '/checkouts',
    ...(key !== undefined && { key }),
    body: {
      product_cart: [{ product_id: product, quantity }],
      customer: { email, name: 'Ann Buyer' },
      billing_address: ADDRESS,
      confirm: true,
    },
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return { payment: String(answer.body['payment_id']), session: String(answer.body['session_id']) };
}
