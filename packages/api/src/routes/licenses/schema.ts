import { z } from 'zod';
import { idText, name } from '../../http/fields.js';

const license_key = z.string().min(1).max(500);

/** POST /licenses/activate. */
export const activateLicense = z.strictObject({ license_key, name: name(255) });

/** POST /licenses/deactivate. */
export const deactivateLicense = z.strictObject({ license_key, license_key_instance_id: idText });

/** POST /licenses/validate. */
export const validateLicense = z.strictObject({ license_key, license_key_instance_id: idText.nullish() });
