/** A file with its expiring link, as the caller signed it. */
export interface WireFile {
  readonly file_id: string;
  readonly filename: string;
  readonly download_url: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly content_type: string | null;
  /** Bytes. */
  readonly file_size: number | null;
}

/** Files, a link and a text. */
export interface WireDigitalDelivery {
  readonly files: WireFile[];
  readonly external_url: string | null;
  readonly instructions: string | null;
}
