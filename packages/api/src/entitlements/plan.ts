import { DomainError, INTEGRATION_TYPES, integrationType, providerOfType } from '@payonce/engine/domain';
import type { Plugins } from '@payonce/engine/plugins';
import type { Json } from '@payonce/plugin-sdk';
import { fromWireConfig } from './wire-config.js';

type Asking = Pick<Plugins, 'ids' | 'parseSettings'>;

/** What a merchant says about who hands an entitlement over. */
export interface ProviderAsked {
  readonly integration_type?: string | null | undefined;
  readonly provider?: string | null | undefined;
}

/** What a merchant says to the provider, one way or the other. */
export interface SettingsAsked {
  readonly integration_config?: Readonly<Record<string, unknown>> | null | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The installed provider that a request means. Rejects with INVALID_REQUEST_BODY, or with UNSUPPORTED_FEATURE when nobody serves what is asked. */
export function providerAsked(plugins: Asking, { integration_type: type, provider }: ProviderAsked): string {
  const installed = plugins.ids().fulfillment;
  if (provider != null) {
    if (!installed.includes(provider)) throw unserved('provider', provider, installed);
    if (type != null && type !== provider && type !== integrationType({ provider, delivered: null }))
      throw new DomainError('INVALID_REQUEST_BODY', `integration_type: is not what provider '${provider}' serves`);
    return provider;
  }
  if (type == null)
    throw new DomainError(
      'INVALID_REQUEST_BODY',
      'integration_type: is missing, and so is provider: say who hands over.',
    );
  const meant = installed.includes(type) ? type : serving(type);
  if (meant === undefined || !installed.includes(meant)) throw unserved('integration_type', type, installed);
  return meant;
}

function serving(type: string): string | undefined {
  const known = INTEGRATION_TYPES.find((each) => each === type);
  return known && providerOfType(known);
}

const unserved = (field: string, asked: string, installed: readonly string[]): DomainError =>
  new DomainError(
    'UNSUPPORTED_FEATURE',
    `${field}: no plugin serves '${asked.slice(0, 100)}'; there is ${installed.map((id) => `'${id}'`).join(', ') || 'none'}`,
  );

/** What the provider is told, as its own schema parsed it. Rejects with INVALID_REQUEST_BODY that names the path. */
export function settingsAsked(
  plugins: Asking,
  { provider, settings, integration_config: config }: SettingsAsked & { readonly provider: string },
): Promise<Json> {
  return settings == null
    ? plugins.parseSettings({
        provider,
        settings: fromWireConfig({ provider, config: config ?? {} }),
        field: 'integration_config',
      })
    : plugins.parseSettings({ provider, settings });
}
