import { DomainError } from '@payonce/engine/domain';
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';

export const MAX_IMAGE_BYTES = 3 * 1024 * 1024;
const MAX_PIXELS = 25_000_000;
const TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** The content type of an image, by its bytes alone. Refuses everything but PNG, JPEG and WebP, and images so large that showing them hurts. */
export async function imageType(bytes: Uint8Array): Promise<string> {
  const type = await fileTypeFromBuffer(bytes);
  if (!type || !TYPES.has(type.mime)) throw refusal('The image must be a PNG, JPEG or WebP file.');
  const { width, height } = sizeOf(bytes);
  if (!(width > 0 && height > 0 && width * height <= MAX_PIXELS))
    throw refusal('The image must have at most 25 million pixels.');
  return type.mime;
}

function sizeOf(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  try {
    return imageSize(bytes);
  } catch {
    throw refusal('The image cannot be read.');
  }
}

const refusal = (message: string): DomainError => new DomainError('UNSUPPORTED_MEDIA_TYPE', message);
