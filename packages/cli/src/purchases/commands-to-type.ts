import type { AttentionCase } from '../purchase-names.js';

/** The command that decides a case. ACTION is to be replaced: typed as it stands the command is refused. */
export const resolveCommand = ({
  payment,
  open: { id, actions },
}: {
  readonly payment: string;
  readonly open: Pick<AttentionCase, 'id' | 'actions'>;
}): string => `payonce resolve ${payment} --case ${id} --action ACTION   (${actions.join(', ')})`;

/** The command that takes a purchase up again. */
export const retryCommand = (payment: string): string => `payonce retry ${payment}`;
