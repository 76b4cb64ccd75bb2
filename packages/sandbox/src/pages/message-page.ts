import { html } from './html.js';
import { layout } from './layout.js';

/** A page that says one thing, and perhaps where to go. */
export function messagePage({ title, text, back }: { title: string; text: string; back?: string }): string {
  const link = back === undefined ? undefined : html`<a class="button" href="${back}">Back to the shop</a>`;
  return layout({
    title,
    body: html`<h1>${title}</h1>
      <p>${text}</p>
      ${link}`,
  });
}
