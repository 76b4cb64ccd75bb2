import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createApp, createLogger } from '@payonce/api';
import type { ApiDeps, ApiSettings } from '@payonce/api';
import { bundledPlugins, bundledRoutes } from '@payonce/bundled';
import { createDiskFileStore, createSecrets, ids, newApiKey } from '@payonce/engine/adapters';
import type { BusinessId, Scope } from '@payonce/engine/domain';
import { loadPlugins, pluginHosts } from '@payonce/engine/plugins';
import type { ConfiguredPlugin } from '@payonce/engine/ports';
import { createRefundReservations } from '@payonce/engine/store';
import { serve } from '../../../packages/api/src/serve.js';
import { openStores } from '../../store/open-stores.js';
import { standingPurchases } from './standing-purchases.js';
import type { StandingPurchases } from './standing-purchases.js';

/** Signs what the sandbox processor reports. */
export const SANDBOX_SECRET = 'sandbox-webhook-secret-of-these-tests';

/** A merchant and their keys. */
export interface Merchant {
  readonly business: BusinessId;
  readonly test: string;
  readonly live: string;
}

/** The API in this process: over HTTP, on a MongoDB database of its own, with a clock that tests move. */
export interface ApiServer {
  readonly url: string;
  readonly deps: ApiDeps;
  readonly purchases: StandingPurchases;
  readonly shop: Merchant;
  readonly rival: Merchant;
  readonly clock: { now(): Date; set(at: Date): void; pass(milliseconds: number): void };
  /** Everything that was logged. */
  logged(): string;
  close(): Promise<void>;
}

/** Starts it. */
export async function startApi({
  label,
  settings = {},
  plugins: added = [],
}: {
  readonly label: string;
  readonly settings?: Partial<ApiSettings>;
  /** Beside those that come along. */
  readonly plugins?: readonly ConfiguredPlugin[];
}): Promise<ApiServer> {
  const { stores, close: closeStores } = await openStores(label);
  const folder = await mkdtemp(join(tmpdir(), 'payonce-api-'));
  const clock = movableClock();
  const log: string[] = [];
  const logger = createLogger({ level: 'info', destination: collect(log) });
  const sandbox = { origin: 'http://127.0.0.1:9', secretKey: 'sandbox-secret-key', webhookSecret: SANDBOX_SECRET };
  const routes = { ...bundledRoutes({ sandbox }), processor: { test: 'sandbox', live: 'sandbox' } };
  const plugins = await loadPlugins({
    plugins: [...bundledPlugins({ sandbox }), ...added],
    routes,
    logger,
    hostOf: pluginHosts(stores.pluginDocuments),
  });
  const purchases = standingPurchases({ stores, plugins, ids, clock });
  const secrets = createSecrets({ key: 'f'.repeat(64) });
  const deps: ApiDeps = {
    stores,
    purchases,
    plugins,
    secrets,
    ids,
    clock,
    logger,
    reservations: createRefundReservations({ payments: stores.payments, businesses: stores.businesses, clock }),
    files: await createDiskFileStore({ root: folder }),
    settings: { ...SETTINGS, ...settings },
    readiness: [],
  };
  const shop = await addMerchant(deps, { name: 'Shop', country: 'DE' });
  const rival = await addMerchant(deps, { name: 'Rival', country: 'FR' });
  const listening = await serve({ app: createApp(deps), port: 0, host: '127.0.0.1' });
  const close = async (): Promise<void> => {
    await listening.close();
    await closeStores();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${listening.port}`,
    deps,
    purchases,
    shop,
    rival,
    clock,
    logged: () => log.join(''),
    close,
  };
}

const SETTINGS: ApiSettings = {
  publicUrl: 'https://pay.example.com',
  development: false,
  allowLoopbackWebhooks: false,
  trustedProxies: 0,
  publicRequestsPerMinute: 100_000,
  fileRequestsPerMinute: 100_000,
  inboundRequestsPerMinute: 100_000,
  maxFileBytes: 5_000_000,
  processorOrigins: [],
  refundWaitMs: 1_000,
};

function movableClock(): ApiServer['clock'] {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    set: (at) => void (offset = at.getTime() - Date.now()),
    pass: (milliseconds) => void (offset += milliseconds),
  };
}

const collect = (log: string[]): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString());
      done();
    },
  });

async function addMerchant(
  { stores, secrets, ids: mint, clock }: ApiDeps,
  { name, country }: { readonly name: string; readonly country: string },
): Promise<Merchant> {
  const business = mint.mint('bus');
  await stores.businesses.ensure({
    id: business,
    name,
    brand: mint.mint('brnd'),
    country,
    refundWindowDays: 30,
    createdAt: clock.now(),
  });
  const issue = async (mode: Scope['mode']): Promise<string> => {
    const key = newApiKey({ mode });
    await stores.businesses.addKey({
      business,
      mode,
      hash: secrets.hash(key),
      last4: key.slice(-4),
      name: 'first',
      createdAt: clock.now(),
      revokedAt: null,
    });
    return key;
  };
  return { business, test: await issue('test'), live: await issue('live') };
}
