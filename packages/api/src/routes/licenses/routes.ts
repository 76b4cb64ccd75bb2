import { DomainError, isId, licenseKeyStatus, toLicenseActivation } from '@payonce/engine/domain';
import type { LicenseKey } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { created, ok } from '../../http/answer.js';
import type { Asked, Endpoint } from '../../http/endpoint.js';
import { parseBody } from '../../http/parse.js';
import { activateLicense, deactivateLicense, validateLicense } from './schema.js';

/** What a buyer's software calls with nothing but its license key. No secret key is asked for; one that is sent is not looked at. */
export const licenseEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  { access: 'public', method: 'post', path: '/licenses/activate', answer: (asked) => activate(deps, asked) },
  { access: 'public', method: 'post', path: '/licenses/deactivate', answer: (asked) => deactivate(deps, asked) },
  { access: 'public', method: 'post', path: '/licenses/validate', answer: (asked) => validate(deps, asked) },
];

async function activate(deps: ApiDeps, { body }: Asked) {
  const { license_key: text, name } = parseBody(activateLicense, body);
  const key = await knownKey(deps, text);
  if (licenseKeyStatus({ key, now: deps.clock.now() }) !== 'active')
    throw new DomainError('INACTIVE_LICENSE_KEY', 'This license key is disabled or has expired.');
  const instance = { id: deps.ids.mint('lki'), name, createdAt: deps.clock.now() };
  if (await deps.stores.licenses.activate({ id: key.id, instance }))
    return created(toLicenseActivation({ key, instance }));
  throw new DomainError(
    'LICENSE_KEY_LIMIT_REACHED',
    'This license key is in use in as many places as it allows: deactivate one first.',
  );
}

async function deactivate(deps: ApiDeps, { body }: Asked) {
  const { license_key: text, license_key_instance_id: instance } = parseBody(deactivateLicense, body);
  const key = await knownKey(deps, text);
  if (isId('lki', instance) && (await deps.stores.licenses.deactivate({ id: key.id, instance }))) return ok();
  throw new DomainError('LICENSE_KEY_INSTANCE_NOT_FOUND', 'This license key has no such activation.');
}

/** One answer for unknown, disabled and expired keys alike: a guesser learns nothing. */
async function validate({ stores, clock }: ApiDeps, { body }: Asked) {
  const { license_key: text, license_key_instance_id: instance } = parseBody(validateLicense, body);
  const key = await stores.licenses.findByKey(text);
  return ok({ valid: key !== undefined && isValid({ key, instance: instance ?? null, now: clock.now() }) });
}

const isValid = ({
  key,
  instance,
  now,
}: {
  readonly key: LicenseKey;
  readonly instance: string | null;
  readonly now: Date;
}): boolean =>
  licenseKeyStatus({ key, now }) === 'active' && (instance === null || key.instances.some(({ id }) => id === instance));

async function knownKey({ stores }: ApiDeps, text: string): Promise<LicenseKey> {
  const key = await stores.licenses.findByKey(text);
  if (!key) throw new DomainError('LICENSE_KEY_NOT_FOUND', 'There is no such license key.');
  return key;
}
