import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Caller } from '../auth/caller.js';
import type { ApiDeps } from '../deps.js';
import { render } from '../http/answer.js';
import type { RenderedAnswer } from '../http/answer.js';
import type { Asked, KeyedEndpoint } from '../http/endpoint.js';
import { mintedIds } from './minted-ids.js';
import { fingerprint } from './fingerprint.js';
import { claimedKey, ownKey } from './key.js';
import { lostAnswer, noteEnd, noteEndOfRepetition } from './lost-answer.js';
import { once } from './once.js';
import type { OnceAnswer, OnceRequest } from './once.js';

/** A POST of a caller, read but not parsed. */
export interface PostRequest {
  readonly endpoint: KeyedEndpoint;
  readonly caller: Caller;
  readonly asked: Asked;
  readonly request: Request;
  readonly response: Response;
}

/** Answers a POST once: by the caller's Idempotency-Key, or where the endpoint says so by noticing that the first answer never arrived. */
export async function servePost(deps: ApiDeps, post: PostRequest): Promise<OnceAnswer> {
  const key = claimedKey(keyOf(post));
  if (key === undefined && !post.endpoint.replaysUnflushed)
    return { ...(await run(post, mintAll(deps, post))), replayed: false };
  const request = onceRequest(deps, post, key);
  let atEnd = () => {};
  if (key === undefined) {
    const lost = await lostAnswer(deps, { ...request, retries: retriesOf(post) });
    if (lost) {
      noteEndOfRepetition(deps, { response: post.response, claim: lost.claim });
      return { ...lost.answer, replayed: true };
    }
    atEnd = noteEnd(deps, { response: post.response, claim: request });
  }
  const { idempotency } = deps.stores;
  const answer = await once({ idempotency, clock: deps.clock }, request, (ids) => run(post, ids));
  atEnd();
  return answer;
}

function keyOf({ request, endpoint: { keyField }, asked: { body } }: PostRequest): unknown {
  const field =
    keyField === undefined || typeof body !== 'object' || body === null ? undefined : Reflect.get(body, keyField);
  return request.headers['idempotency-key'] ?? field ?? undefined;
}

const mintAll = ({ ids }: ApiDeps, { endpoint }: PostRequest): Readonly<Record<string, string>> =>
  Object.fromEntries((endpoint.mints ?? []).map((prefix) => [prefix, ids.mint(prefix)]));

const run = async (
  { endpoint, caller, asked }: PostRequest,
  ids: Readonly<Record<string, string>>,
): Promise<RenderedAnswer> => render(await endpoint.answer({ ...asked, scope: caller.scope, id: mintedIds(ids) }));

/** Without a key, the same body of another key holder is another request. */
function onceRequest(deps: ApiDeps, post: PostRequest, key: string | undefined): OnceRequest {
  const { caller, asked, request } = post;
  const seen = { query: asked.query, body: asked.body ?? null, ...(key === undefined && { caller: caller.keyHash }) };
  return {
    ...caller.scope,
    route: `POST ${request.path}`,
    key: key ?? ownKey(randomUUID()),
    bodyHash: fingerprint(seen),
    ids: mintAll(deps, post),
  };
}

/** How often the caller's SDK says that it repeated this request. */
const retriesOf = ({ request }: PostRequest): number => Number(request.headers['x-stainless-retry-count'] ?? 0);
