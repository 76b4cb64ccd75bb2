import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Endpoint } from '../../http/endpoint.js';
import { parseBody, parseQuery } from '../../http/parse.js';
import { openUpload } from '../../uploads/open.js';
import { findProduct } from './routes.js';
import { openFile, openImage } from './schema.js';

/** Where a product's image and files are uploaded to. */
export const productUploadEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'put',
    path: '/products/:id/images',
    async answer({ scope, params, query }) {
      parseQuery(openImage, query);
      const product = await findProduct(deps, scope, params);
      const { id, url } = await openUpload(deps, { product, kind: 'image', filename: 'image' });
      return ok({ url, image_id: id });
    },
  },
  {
    access: 'key',
    method: 'put',
    path: '/products/:id/files',
    async answer({ scope, params, body }) {
      const { file_name: filename } = parseBody(openFile, body);
      const product = await findProduct(deps, scope, params);
      const { id, url } = await openUpload(deps, { product, kind: 'file', filename });
      return ok({ file_id: id, url });
    },
  },
];
