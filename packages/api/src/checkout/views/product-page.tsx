import type { Product } from '@payonce/engine/domain';
import { basisPointsText, priceText } from '../price-text.js';
import { MAX_QUANTITY } from '../static-link.js';
import { TextField } from './field.js';
import { Footer, Merchant, Notice, Page } from './page.js';
import type { Frame } from './page.js';

export interface ProductPageProps {
  readonly frame: Frame;
  readonly product: Product;
  /** One unit after the product's discount, minor units. */
  readonly reduced: number;
  readonly token: string;
  readonly quantity: number;
  /** What else the link said, sent on with the form. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  readonly image: string | undefined;
  readonly problem: string | null;
}

/** One product, and a button that opens its checkout. Looking at it makes nothing. */
export const ProductPage = (props: ProductPageProps) => (
  <Page frame={props.frame} title={`${props.product.name} · ${props.frame.merchant}`} layout="single">
    <main>
      <Merchant frame={props.frame} />
      {props.problem !== null && (
        <Notice tone="bad" title="That did not work" alert>
          <p>{props.problem}</p>
        </Notice>
      )}
      <div class="stack">
        {props.image !== undefined && <img class="picture" src={props.image} alt="" width={48} height={48} />}
        <h1>{props.product.name}</h1>
        <Price {...props} />
        {props.product.description !== null && <p class="text">{props.product.description}</p>}
        {props.product.archivedAt === null ? <BuyForm {...props} /> : <p>This product is no longer for sale.</p>}
      </div>
      <Footer />
    </main>
  </Page>
);

const Price = ({ product: { price }, reduced }: Pick<ProductPageProps, 'product' | 'reduced'>) => (
  <div>
    <p class="amount">{priceText({ amount: reduced, currency: price.currency })}</p>
    {price.discountBps > 0 && (
      <p>
        <s>
          <span class="unseen">Before: </span>
          {priceText(price)}
        </s>{' '}
        <span class="off">{basisPointsText(price.discountBps)} off</span>
      </p>
    )}
    <p class="hint">{price.taxInclusive ? 'Tax is included.' : 'Tax is added where it applies.'}</p>
  </div>
);

const BuyForm = ({ token, quantity, carried }: ProductPageProps) => (
  <form method="post" data-once>
    <input type="hidden" name="token" value={token} />
    {carried.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <TextField
      name="quantity"
      label="Quantity"
      type="number"
      min={1}
      max={MAX_QUANTITY}
      value={String(quantity)}
      autocomplete="off"
      required
    />
    <button class="primary" type="submit">
      Continue
    </button>
  </form>
);
