/** The first day that countries are answered for. Rates that are older start here too. */
export const TABLE_START = '2024-01-01';

/** The first day that states of the US and provincial taxes of Canada are answered for: what was read describes the law of this year. */
export const REGIONS_START = '2026-01-01';

/** When the rows were last compared with what they name as their source. */
export const CHECKED = '2026-11-23';
