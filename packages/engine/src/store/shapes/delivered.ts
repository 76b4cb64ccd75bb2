import type { EntitlementGrant } from '../../domain/grant.js';
import type { Codec } from '../codec/codec.js';
import { choice, list, nullable, optional, record } from '../codec/composites.js';
import { count, flag, oneOf, text } from '../codec/scalars.js';

type Delivered = NonNullable<EntitlementGrant['delivered']>;
type Content = Delivered['content'];
type ContentOf<Kind extends Content['kind']> = Extract<Content, { kind: Kind }>;

const content: Codec<Content> = choice<Content, 'kind'>('kind', {
  license_key: record<ContentOf<'license_key'>>({
    kind: oneOf('license_key'),
    key: text,
    activationsLimit: nullable(count),
    expiresAt: nullable(text),
    activationMessage: optional(text),
  }),
  files: record<ContentOf<'files'>>({
    kind: oneOf('files'),
    files: list(record<ContentOf<'files'>['files'][number]>({ file: text, filename: text })),
    maxDownloads: optional(count),
    accessUntil: optional(text),
    externalUrl: optional(text),
    instructions: optional(text),
  }),
  content: record<ContentOf<'content'>>({
    kind: oneOf('content'),
    items: list(
      record<ContentOf<'content'>['items'][number]>({
        label: text,
        value: text,
        url: optional(text),
        qr: optional(flag),
      }),
    ),
  }),
});

/** What a provider handed over. */
export const delivered: Codec<Delivered> = record<Delivered>({ outcome: oneOf('delivered'), content });
