import type { ConfiguredPlugin, Routes } from '@payonce/plugin-sdk';
import { fulfillmentFiles } from '@payonce/fulfillment-files';
import { fulfillmentLicenseKeys } from '@payonce/fulfillment-license-keys';
import { fulfillmentLicensePool } from '@payonce/fulfillment-license-pool';
import { fulfillmentService } from '@payonce/fulfillment-service';
import { fulfillmentTicket } from '@payonce/fulfillment-ticket';
import { processorSandbox } from '@payonce/processor-sandbox';
import { taxTable } from '@payonce/tax-table';

/** What the default set-up needs to know. */
export interface BundledOptions {
  /** Where the sandbox payment service runs and how we know each other; left out, nothing takes payments. */
  readonly sandbox?: { readonly origin: string; readonly secretKey: string; readonly webhookSecret: string };
}

/** The plugins that run when there is no payonce.config file: the tax table, license keys (made or from a pool), files, services, tickets and, in test mode, the sandbox processor. */
export const bundledPlugins = ({ sandbox }: BundledOptions = {}): readonly ConfiguredPlugin[] => [
  taxTable(),
  fulfillmentLicenseKeys(),
  fulfillmentLicensePool(),
  fulfillmentFiles(),
  fulfillmentService(),
  fulfillmentTicket(),
  ...(sandbox === undefined ? [] : [processorSandbox(sandbox)]),
];

/** Who of them does what. Live mode takes no payments before a configuration names a processor for it. */
export const bundledRoutes = ({ sandbox }: BundledOptions = {}): Routes => ({
  processor: sandbox === undefined ? {} : { test: 'sandbox' },
  tax: 'tax-table',
});

/** Which provider serves the entitlements that products describe without naming one. */
export const BUNDLED_FULFILLMENT = { licenseKeys: 'license-keys', files: 'files' } as const;
