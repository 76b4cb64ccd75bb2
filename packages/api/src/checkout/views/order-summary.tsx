import type { Summary, SummaryLine, SummaryRow } from '../summary.js';
import { Merchant } from './page.js';
import type { Frame } from './page.js';

export interface OrderSummaryProps {
  readonly frame: Frame;
  readonly summary: Summary;
  readonly imageUrl: (image: string) => string | undefined;
  readonly cancelUrl: string | undefined;
}

/** The order, beside the form; folded on phones, where the total stays in sight. */
export const OrderSummary = ({ frame, summary, imageUrl, cancelUrl }: OrderSummaryProps) => (
  <aside class="order" aria-label="Order summary">
    <div class="order-inner">
      {cancelUrl !== undefined && (
        <a class="back" href={cancelUrl} rel="noreferrer">
          <span aria-hidden="true">←</span> Back
        </a>
      )}
      <Merchant frame={frame} />
      <p class="amount" data-total>
        {summary.total}
      </p>
      <details class="fold">
        <summary>Order details</summary>
        <Lines lines={summary.lines} imageUrl={imageUrl} />
        <Totals rows={summary.rows} total={summary.total} />
        {summary.notices.map((notice) => (
          <p class="hint">{notice}</p>
        ))}
      </details>
    </div>
  </aside>
);

/** What is bought. */
export const Lines = ({
  lines,
  imageUrl,
}: {
  readonly lines: readonly SummaryLine[];
  readonly imageUrl: (image: string) => string | undefined;
}) => (
  <ul class="lines">
    {lines.map((line) => (
      <li class="line">
        <Picture name={line.name} src={line.image === null ? undefined : imageUrl(line.image)} />
        <div class="line-text">
          <p class="line-name">{line.name}</p>
          {line.description !== null && line.description !== '' && <p class="line-about">{line.description}</p>}
          {line.quantity !== null && <p class="line-about">{line.quantity}</p>}
          {line.off !== null && <p class="off">{line.off}</p>}
        </div>
        <p class="line-price">
          {line.amount}
          {line.was !== null && (
            <s>
              <span class="unseen">Before: </span>
              {line.was}
            </s>
          )}
        </p>
      </li>
    ))}
  </ul>
);

const Picture = ({ name, src }: { readonly name: string; readonly src: string | undefined }) =>
  src === undefined ? (
    <span class="picture" aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  ) : (
    <img class="picture" src={src} alt="" width={48} height={48} />
  );

/** What it adds up to. */
export const Totals = ({ rows, total }: { readonly rows: readonly SummaryRow[]; readonly total: string }) => (
  <dl class="totals" data-rows>
    {rows.map((row) => (
      <div class="row">
        <dt>{row.label}</dt>
        <dd>{row.amount}</dd>
      </div>
    ))}
    <div class="row total">
      <dt>Total</dt>
      <dd>{total}</dd>
    </div>
  </dl>
);
