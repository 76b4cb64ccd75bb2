/** A page as a buyer without scripts gets it. */
export interface BuyerPage {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** What a person reads, in one line. */
  readonly text: string;
  /** Where a redirect leads; null when it is a page. */
  readonly location: string | null;
  /** What stands in the fields of the page's form. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A buyer's browser without scripts: follows nothing by itself. */
export interface Buyer {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<BuyerPage>;
  /** Sends a form from the page itself, unless the headers say otherwise. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<BuyerPage>;
}

/** What a buyer types. */
export const TYPED = { email: 'ada@example.com', name: 'Ada Lovelace', country: 'DE' } as const;

/** A buyer of the checkout at an origin. */
export function buyerAt(origin: string): Buyer {
  const ask = async (path: string, init: RequestInit): Promise<BuyerPage> =>
    read(await fetch(new URL(path, origin), { ...init, redirect: 'manual' }));
  return {
    get: (path, headers = {}) => ask(path, { headers: { accept: 'text/html', ...headers } }),
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', ...headers },
        body: new URLSearchParams(fields),
      }),
  };
}

async function read(response: Response): Promise<BuyerPage> {
  const html = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    html,
    text: plain(html.replace(/<(head|select|noscript)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ')),
    location: response.headers.get('location'),
    fields: fieldsOf(html),
  };
}

function fieldsOf(html: string): Readonly<Record<string, string>> {
  const inputs = [...html.matchAll(/<input\b(?:[^>"]|"[^"]*")*>/g)].map(([tag]) => tag);
  const typed = inputs
    .filter((tag) => !/type="checkbox"/.test(tag) || / checked/.test(tag))
    .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')] as const);
  const chosen = [...html.matchAll(/<select\b[^>]*>.*?<\/select>/gs)].map(([select]) => {
    const option = /<option\b[^>]* selected[^>]*>/.exec(select)?.[0] ?? '';
    return [attribute(select, 'name'), attribute(option, 'value')] as const;
  });
  return Object.fromEntries([...typed, ...chosen]);
}

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const plain = (text: string): string => unescaped(text).replace(/\s+/g, ' ').trim();

const unescaped = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
