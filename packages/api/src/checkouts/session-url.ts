import type { SessionId } from '@payonce/engine/domain';
import type { ApiSettings } from '../deps.js';

/** The hosted page of a session: where its buyer pays, and later finds what they bought. */
export const sessionUrl = ({ publicUrl }: Pick<ApiSettings, 'publicUrl'>, session: SessionId): string =>
  `${publicUrl}/session/${session}`;
