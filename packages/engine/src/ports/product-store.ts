import type { ProductId } from '../domain/ids.js';
import type { Product } from '../domain/product.js';
import type { Scope } from '../domain/scope.js';
import type { Page } from './page.js';

/** What a PATCH may change. */
export type ProductChange = Partial<
  Pick<
    Product,
    'name' | 'description' | 'image' | 'category' | 'price' | 'license' | 'delivery' | 'attached' | 'metadata' | 'brand'
  >
>;

/** A slot for an upload: an image or a file that was announced, and whether its bytes came. */
export interface Upload extends Scope {
  /** A UUID; also the key in the file store. */
  readonly id: string;
  readonly product: ProductId;
  readonly kind: 'image' | 'file';
  readonly filename: string;
  /** null until the bytes came. */
  readonly stored: { readonly contentType: string; readonly size: number; readonly sha256: string } | null;
  /** After this no bytes are taken. */
  readonly openUntil: Date;
  readonly createdAt: Date;
}

/** Products and their uploads. */
export interface ProductStore {
  insert(product: Product): Promise<void>;
  find(key: Scope & { readonly id: ProductId }): Promise<Product | undefined>;
  /** Over all businesses and modes: a static link has nothing but the product. */
  findPublic(id: ProductId): Promise<Product | undefined>;
  list(
    filter: Scope & { readonly archived: boolean; readonly brand?: string; readonly page: Page },
  ): Promise<readonly Product[]>;
  /** Changes the given fields; false when there is no such product. */
  update(change: Scope & { readonly id: ProductId; readonly set: ProductChange; readonly at: Date }): Promise<boolean>;
  /** Sets or clears `archivedAt`; false when nothing changed. */
  archive(
    change: Scope & { readonly id: ProductId; readonly archivedAt: Date | null; readonly at: Date },
  ): Promise<boolean>;
  insertUpload(upload: Upload): Promise<void>;
  findUpload(id: string): Promise<Upload | undefined>;
  findUploads(
    key: Scope & { readonly product: ProductId; readonly ids: readonly string[] },
  ): Promise<readonly Upload[]>;
  /** Records the bytes, once; false when they had come already. */
  completeUpload(change: { readonly id: string; readonly stored: NonNullable<Upload['stored']> }): Promise<boolean>;
}
