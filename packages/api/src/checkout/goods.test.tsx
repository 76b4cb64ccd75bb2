import { describe, expect, it } from '@jest/globals';
import type { EntitlementGrant, GrantStatus } from '@payonce/engine/domain';
import type { Delivered } from '@payonce/plugin-sdk';
import { renderToString } from 'preact-render-to-string';
import { shownGrant } from './shown-grants.js';
import { Goods } from './views/goods.js';

type Content = Delivered['content'];

const LICENSE: Content = { kind: 'license_key', key: 'AAAAA-BBBBB', activationsLimit: 3, expiresAt: null };
const FILES: Content = {
  kind: 'files',
  files: [{ file: 'f1', filename: 'brushes "final".zip' }],
  externalUrl: 'https://read.example/book',
  instructions: 'Unpack it.\nRead it.',
};

const grant = (status: GrantStatus, content: Content | null, awaiting: string | null = null): EntitlementGrant => ({
  id: 'entg_AAAAAAAAAAAAAAAAAAAAA',
  business: 'bus_AAAAAAAAAAAAAAAAAAAAA',
  mode: 'test',
  payment: 'pay_AAAAAAAAAAAAAAAAAAAAA',
  session: 'cks_AAAAAAAAAAAAAAAAAAAAA',
  brand: 'brnd_AAAAAAAAAAAAAAAAAAAAA',
  customer: { id: 'cus_AAAAAAAAAAAAAAAAAAAAA', email: 'ada@example.com', name: 'Ada', phone: null },
  line: 'line_0',
  unit: 0,
  product: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
  productName: 'Brushes',
  entitlement: 'ent_AAAAAAAAAAAAAAAAAAAAA',
  provider: 'goods',
  reach: 'own_stores',
  settings: {},
  status,
  awaiting,
  delivered: content === null ? null : { outcome: 'delivered', content },
  licenseKey: null,
  error: null,
  revocationReason: null,
  metadata: {},
  createdAt: new Date(),
  updatedAt: new Date(),
  deliveredAt: null,
  revokedAt: null,
});

const fileLink = ({ grant: of, file }: { readonly grant: string; readonly file: string }): string =>
  `/files/${file}?grant=${of}&signature=s`;

const show = (...grants: readonly EntitlementGrant[]): string =>
  renderToString(<Goods grants={grants.map((each) => shownGrant({ grant: each, fileLink }))} waiting={false} />);

describe('what a buyer got', () => {
  it('is a key with its terms', () => {
    const html = show(grant('delivered', LICENSE));
    expect(html).toContain('>AAAAA-BBBBB</code>');
    expect(html).toContain('Up to 3 activations. Does not expire.');
    const one: Content = { ...LICENSE, activationsLimit: 1, expiresAt: '2027-05-02T10:00:00Z' };
    expect(show(grant('delivered', one))).toContain('Up to 1 activation. Valid until May 2, 2027.');
    expect(show(grant('delivered', { ...LICENSE, activationsLimit: null }))).toContain('Any number of activations.');
  });

  it('is files under expiring links, an address and instructions', () => {
    const html = show(grant('delivered', FILES));
    expect(html).toContain('href="/files/f1?grant=entg_AAAAAAAAAAAAAAAAAAAAA&amp;signature=s"');
    expect(html).toContain('Download brushes &quot;final&quot;.zip');
    expect(html).toContain('<a href="https://read.example/book" rel="noopener noreferrer nofollow"');
    expect(html).toContain('Unpack it.\nRead it.');
  });

  it('is labeled texts and links, which are links only when they lead to the web', () => {
    const html = show(
      grant('delivered', {
        kind: 'content',
        items: [
          { label: 'Seat', value: '12A' },
          { label: 'Portal', value: 'Open', url: 'https://portal.example/' },
          { label: 'Odd', value: 'Click', url: 'javascript:alert(1)' },
        ],
      }),
    );
    expect(html).toContain('12A');
    expect(html).toContain('href="https://portal.example/"');
    expect(html).not.toContain('javascript:');
  });
});

describe('a text to be scanned', () => {
  const code = (value: string, qr = true): string =>
    show(grant('delivered', { kind: 'content', items: [{ label: 'Ticket', value, qr }] }));

  /** The dark squares of a drawing, row by row. */
  const squares = (html: string): readonly string[] => {
    const size = Number(/viewBox="0 0 (\d+) /.exec(html)?.[1]);
    const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '.'));
    for (const [, x, y, run] of html.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      rows[Number(y)]?.fill('#', Number(x), Number(x) + Number(run));
    return rows.map((row) => row.join(''));
  };

  it('is a QR code with a name, beside the text itself', () => {
    const html = code('8KQ2M-0ZT4A');
    expect(html).toContain('role="img" aria-label="Ticket as a QR code"');
    expect(html).toContain('8KQ2M-0ZT4A');
    expect(html).not.toMatch(/style=|<script|href=/);
    const rows = squares(html);
    expect(rows).toHaveLength(21 + 2 * 4);
    expect(rows.slice(0, 4).join('')).not.toContain('#');
    expect(rows[4]?.slice(4, 11)).toBe('#######');
    expect(rows[5]?.slice(4, 11)).toBe('#.....#');
    expect(rows[10]?.slice(4, 25)).toBe('#######.#.#.#.#######');
  });

  it('that nobody asked to scan, or that is too long for a phone, is text alone', () => {
    expect(code('8KQ2M-0ZT4A', false)).not.toContain('<svg');
    expect(code('😀'.repeat(250))).toContain('<svg');
    expect(code('x'.repeat(501))).not.toContain('<svg');
  });
});

describe('a grant that is not delivered', () => {
  it.each([
    ['pending', 'A person looks at it'],
    ['failed', 'Your payment is safe'],
    ['suspended', 'Access is paused'],
    ['revoked', 'Access has ended.'],
  ] as const)('that is %s says so', (status, words) => {
    expect(show(grant(status, null, 'A person looks at it'))).toContain(words);
  });

  it.each(['suspended', 'revoked', 'pending', 'failed'] as const)(
    'that is %s shows nothing of what was delivered before',
    (status) => {
      const html = show(grant(status, LICENSE), grant(status, FILES));
      expect(html).not.toMatch(/AAAAA-BBBBB|\/files\/|read\.example|Unpack/);
      expect(shownGrant({ grant: grant(status, FILES), fileLink })).toMatchObject({
        files: [],
        fileLimits: null,
        externalUrl: null,
        instructions: null,
      });
      expect(shownGrant({ grant: grant(status, LICENSE), fileLink }).license).toBeNull();
    },
  );
});

it('promises what is being prepared, and shows nothing at all when nothing is granted', () => {
  expect(renderToString(<Goods grants={[]} waiting />)).toContain('It is being prepared');
  expect(renderToString(<Goods grants={[]} waiting={false} />)).toBe('');
});
