/** Places whose address names a member state, but to which its VAT does not extend (Directive 2006/112/EC art. 6); postcodes tell them. */
export const OUTSIDE_VAT: readonly (readonly [country: string, postcode: RegExp, name: string])[] = [
  ['DE', /^27498$/, 'Heligoland'],
  ['DE', /^78266$/, 'Büsingen'],
  ['ES', /^(?:35|38)\d{3}$/, 'the Canary Islands'],
  ['ES', /^51\d{3}$/, 'Ceuta'],
  ['ES', /^52\d{3}$/, 'Melilla'],
  ['FI', /^22\d{3}$/, 'the Åland Islands'],
  ['FR', /^(?:97\d|98[678])\d{2}$/, 'the French overseas territories'],
  ['GR', /^63086$/, 'Mount Athos'],
  ['IT', /^23041$/, 'Livigno'],
  ['IT', /^22061$/, "Campione d'Italia"],
];

/** Countries whose sales are treated as those of another (art. 7 of the Directive for Monaco, the Isle of Man Act 1979 for the Isle of Man). */
export const TREATED_AS: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB' };
