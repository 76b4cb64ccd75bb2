import { Explained } from '../../explained.js';
import { formsOf, tagsOf, textOf } from './html.js';
import type { Form } from './html.js';

const MAX_REDIRECTS = 10;

/** A page as a buyer without scripts sees it. */
export interface Page {
  readonly url: string;
  readonly html: string;
}

/** Opens a page, following redirects as browsers do. */
export const openPage = (url: string): Promise<Page> => follow({ url, init: { method: 'GET' } });

/** The form that has all these fields. */
export function formWith(page: Page, ...names: readonly string[]): Form {
  const form = formsOf(page.html).find(({ fields }) => names.every((name) => name in fields));
  if (form) return form;
  throw new Explained(`The page at ${page.url} has no form with ${names.join(', ')}. It says: ${headlineOf(page)}`, {
    exitCode: 1,
  });
}

/** Fills a form in and sends it, hidden fields included; to `action` when a button says so. */
export function submitForm({
  page,
  form,
  values = {},
  action = form.action,
}: {
  readonly page: Page;
  readonly form: Form;
  readonly values?: Readonly<Record<string, string>>;
  readonly action?: string;
}): Promise<Page> {
  const body = new URLSearchParams({ ...form.fields, ...values });
  return follow({ url: new URL(action, page.url).href, init: { method: 'POST', body } });
}

/** What a page is about, in its own words. */
export function headlineOf({ html }: Page): string {
  const notices = [...tagsOf(html, 'h1'), ...tagsOf(html, 'p')].slice(0, 3);
  return notices.map(({ content }) => textOf(content)).join(' / ');
}

async function follow({ url, init }: { readonly url: string; readonly init: RequestInit }): Promise<Page> {
  let [address, request] = [url, init];
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(address, { ...request, redirect: 'manual', headers: { accept: 'text/html' } });
    const next = response.headers.get('location');
    if (next === null) return pageOf(address, response);
    await response.body?.cancel();
    [address, request] = [new URL(next, address).href, { method: 'GET' }];
  }
  throw new Explained(`${url} redirects in circles`, { exitCode: 1 });
}

async function pageOf(url: string, response: Response): Promise<Page> {
  const page = { url, html: await response.text() };
  if (response.ok) return page;
  throw new Explained(`${url} answered ${response.status}: ${headlineOf(page)}`, { exitCode: 1 });
}
