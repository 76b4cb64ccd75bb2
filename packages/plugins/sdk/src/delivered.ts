/** A key that the engine keeps, serves over the license endpoints and shows to the buyer. */
export interface DeliveredLicense {
  /** Tells the kinds of content apart. */
  readonly kind: 'license_key';
  /** What the buyer enters, 1 to 500 characters. Must not be anybody else's. */
  readonly key: string;
  /** How many activations at a time; null for any number. */
  readonly activationsLimit: number | null;
  /** RFC 3339; null for ever. */
  readonly expiresAt: string | null;
  /** Shown beside the key: where to enter it. At most 2000 characters. */
  readonly activationMessage?: string;
}

/** Files that the engine serves by expiring links, by the file ids of the product. */
export interface DeliveredFiles {
  /** Tells the kinds of content apart. */
  readonly kind: 'files';
  /** At most 100: `file` is the id of the uploaded file, `filename` what the buyer saves it as. */
  readonly files: readonly { readonly file: string; readonly filename: string }[];
  /** How often each file may be fetched; left out for any number. A download that is resumed counts once. */
  readonly maxDownloads?: number;
  /** RFC 3339: no links after that; left out for ever. */
  readonly accessUntil?: string;
  /** A place outside where more is found, http or https. */
  readonly externalUrl?: string;
  /** Shown above the files, at most 5000 characters. */
  readonly instructions?: string;
}

/** Anything else: labeled text and links that the buyer sees. */
export interface DeliveredContent {
  /** Tells the kinds of content apart. */
  readonly kind: 'content';
  /** Shown in this order, at most 50. */
  readonly items: readonly DeliveredItem[];
}

/** One labeled text. */
export interface DeliveredItem {
  /** What it is: 'Seat', 'Room code'. At most 200 characters. */
  readonly label: string;
  /** What the buyer reads or copies, at most 5000 characters. */
  readonly value: string;
  /** Makes a link of it, http or https. */
  readonly url?: string;
  /** Shown as a QR code of `value` too. */
  readonly qr?: boolean;
}

/** Done. The engine stores it before anybody sees it; of two answers for the same grant the first stored one counts. */
export interface Delivered {
  /** Tells it from {@link Pending}. */
  readonly outcome: 'delivered';
  /** What the buyer gets to see on the order page. */
  readonly content: DeliveredLicense | DeliveredFiles | DeliveredContent;
}

/** Somebody else finishes it later, through the API. */
export interface Pending {
  /** Tells it from {@link Delivered}. */
  readonly outcome: 'pending';
  /** What is awaited, for the buyer and the operator. */
  readonly awaiting: string;
}
