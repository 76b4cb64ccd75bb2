import { html } from './html.js';
import type { Html } from './html.js';

/** A whole page. It says on top that no real money moves. */
export function layout({ title, body }: { title: string; body: Html }): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/card-page.css" />
      </head>
      <body>
        <header class="banner">Sandbox: no real money moves here.</header>
        <main>${body}</main>
      </body>
    </html>`;
  return page.markup;
}
