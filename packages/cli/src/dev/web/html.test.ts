import { expect, it } from '@jest/globals';
import { formsOf, tagsOf, textOf } from './html.js';

const PAGE = `<form method="post" action="/pay?a=1&amp;b=2">
  <input type="hidden" name="token" value="a&quot;b&#39;c&#x3e;"/>
  <input name="email" type="email" value="">
  <input type="checkbox" name="business" value="yes"><input type="checkbox" name="terms" value="yes" checked>
  <select name="country"><option value="AT">Austria</option><option value="DE" selected>Germany</option></select>
  <select name="state"><option value="">Choose</option><option value="BY">Bavaria</option></select>
  <button type="submit" formaction="/quote" name="x" title="more > less">Update tax</button>
</form><form action=''><input name=number></form>`;

it('reads what a browser would send, hidden fields and chosen options included', () => {
  const [pay, other] = formsOf(PAGE);
  expect(pay).toEqual({
    action: '/pay?a=1&b=2',
    fields: { token: `a"b'c>`, email: '', terms: 'yes', country: 'DE', state: '' },
    buttonActions: ['/quote'],
  });
  expect(other?.fields).toEqual({ number: '' });
});

it('reads tags and their text', () => {
  const html = '<h1 class="a">Thank <b>you</b> &amp; bye</h1>\n<a class="file" href="/f" download="x.zip">Get</a>';
  expect(tagsOf(html, 'h1').map(({ content }) => textOf(content))).toEqual(['Thank you & bye']);
  expect(tagsOf(html, 'a')[0]?.attributes).toEqual({ class: 'file', href: '/f', download: 'x.zip' });
});
