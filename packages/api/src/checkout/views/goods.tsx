import type { GrantStatus } from '@payonce/engine/domain';
import type { DeliveredContent, DeliveredLicense } from '@payonce/plugin-sdk';
import { dateText } from '../price-text.js';
import { webAddress } from '../return-url.js';
import { QrCode } from './qr-code.js';

/** What a buyer got, ready to be shown; links to files are made for this page view. */
export interface ShownGrant {
  readonly id: string;
  readonly productName: string;
  readonly status: GrantStatus;
  readonly awaiting: string | null;
  readonly license: DeliveredLicense | null;
  readonly files: readonly { readonly filename: string; readonly href: string }[];
  /** How often and how long; null for no limit. */
  readonly fileLimits: string | null;
  readonly externalUrl: string | null;
  readonly instructions: string | null;
  readonly items: DeliveredContent['items'];
}

/** What was bought: keys, downloads, links and texts. */
export const Goods = ({ grants, waiting }: { readonly grants: readonly ShownGrant[]; readonly waiting: boolean }) =>
  grants.length === 0 && !waiting ? null : (
    <section aria-labelledby="goods">
      <h2 id="goods">What you bought</h2>
      <div class="goods">
        {grants.length === 0 && <p class="working">It is being prepared, and appears here in a moment.</p>}
        {grants.map((grant) => (
          <article class="good-item">
            <p class="good-name">{grant.productName}</p>
            <Good grant={grant} />
          </article>
        ))}
      </div>
    </section>
  );

const Good = ({ grant }: { readonly grant: ShownGrant }) => {
  switch (grant.status) {
    case 'pending':
      return <p class="working">{grant.awaiting ?? 'It is being prepared, and appears here in a moment.'}</p>;
    case 'failed':
      return (
        <p>
          It could not be handed over yet. Your payment is safe, the seller can see this, and it appears here once it is
          solved.
        </p>
      );
    case 'suspended':
      return <p>Access is paused while a dispute about the payment is open.</p>;
    case 'revoked':
      return <p>Access has ended.</p>;
    case 'delivered':
      return <Delivery grant={grant} />;
  }
};

const Delivery = ({ grant }: { readonly grant: ShownGrant }) => (
  <>
    {grant.license !== null && <License id={grant.id} license={grant.license} />}
    {grant.files.length > 0 && (
      <ul>
        {grant.files.map(({ filename, href }) => (
          <li>
            <a class="file" href={href} download={filename}>
              Download {filename}
            </a>
          </li>
        ))}
      </ul>
    )}
    {grant.fileLimits !== null && <p class="text">{grant.fileLimits}</p>}
    {grant.externalUrl !== null && <Address url={grant.externalUrl} text={grant.externalUrl} />}
    {grant.instructions !== null && <p class="text">{grant.instructions}</p>}
    {grant.items.length > 0 && (
      <dl class="facts">
        {grant.items.map(({ label, value, url, qr }) => (
          <div class="row">
            <dt>{label}</dt>
            <dd>
              {url === undefined ? value : <Address url={url} text={value} />}
              {qr && <QrCode text={value} label={`${label} as a QR code`} />}
            </dd>
          </div>
        ))}
      </dl>
    )}
  </>
);

const License = ({ id, license }: { readonly id: string; readonly license: DeliveredLicense }) => (
  <>
    <div class="key">
      <code id={`key-${id}`}>{license.key}</code>
      <button class="secondary small no-print" type="button" hidden data-copy={`key-${id}`}>
        Copy
      </button>
    </div>
    <p class="hint">{licenseTerms(license)}</p>
    {license.activationMessage !== undefined && <p class="text">{license.activationMessage}</p>}
  </>
);

function licenseTerms({ activationsLimit, expiresAt }: DeliveredLicense): string {
  const count = activationsLimit === 1 ? '1 activation' : `${activationsLimit} activations`;
  const where = activationsLimit === null ? 'Any number of activations' : `Up to ${count}`;
  return expiresAt === null ? `${where}. Does not expire.` : `${where}. Valid until ${dateText(new Date(expiresAt))}.`;
}

/** A link, if the address is one of the web; plain text otherwise. */
const Address = ({ url, text }: { readonly url: string; readonly text: string }) => {
  const href = webAddress(url);
  return href === undefined ? (
    <span>{text}</span>
  ) : (
    <a href={href} rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
};
