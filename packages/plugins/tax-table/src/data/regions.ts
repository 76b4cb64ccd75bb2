/** A state of the US, the District of Columbia or a territory. */
export interface UsState {
  readonly name: string;
  /**
   * What the state levies, with what every place in it levies on top (California, Utah, Virginia); null where it levies none, undefined where the rate was not
   * confirmed. Counties, cities and districts may add more.
   */
  readonly rate: string | null | undefined;
}

/** By postal code. Rates as three or more public lists agree on them; Louisiana, New Mexico and South Dakota as their latest laws set them. */
export const US_STATES: Readonly<Record<string, UsState>> = {
  AK: { name: 'Alaska', rate: null },
  AL: { name: 'Alabama', rate: '4/100' },
  AR: { name: 'Arkansas', rate: '65/1000' },
  AZ: { name: 'Arizona', rate: '56/1000' },
  CA: { name: 'California', rate: '725/10000' },
  CO: { name: 'Colorado', rate: '29/1000' },
  CT: { name: 'Connecticut', rate: '635/10000' },
  DC: { name: 'District of Columbia', rate: undefined },
  DE: { name: 'Delaware', rate: null },
  FL: { name: 'Florida', rate: '6/100' },
  GA: { name: 'Georgia', rate: '4/100' },
  HI: { name: 'Hawaii', rate: '4/100' },
  IA: { name: 'Iowa', rate: '6/100' },
  ID: { name: 'Idaho', rate: '6/100' },
  IL: { name: 'Illinois', rate: '625/10000' },
  IN: { name: 'Indiana', rate: '7/100' },
  KS: { name: 'Kansas', rate: '65/1000' },
  KY: { name: 'Kentucky', rate: '6/100' },
  LA: { name: 'Louisiana', rate: '5/100' },
  MA: { name: 'Massachusetts', rate: '625/10000' },
  MD: { name: 'Maryland', rate: '6/100' },
  ME: { name: 'Maine', rate: '55/1000' },
  MI: { name: 'Michigan', rate: '6/100' },
  MN: { name: 'Minnesota', rate: '6875/100000' },
  MO: { name: 'Missouri', rate: '4225/100000' },
  MS: { name: 'Mississippi', rate: '7/100' },
  MT: { name: 'Montana', rate: null },
  NC: { name: 'North Carolina', rate: '475/10000' },
  ND: { name: 'North Dakota', rate: undefined },
  NE: { name: 'Nebraska', rate: '55/1000' },
  NH: { name: 'New Hampshire', rate: null },
  NJ: { name: 'New Jersey', rate: '6625/100000' },
  NM: { name: 'New Mexico', rate: '4875/100000' },
  NV: { name: 'Nevada', rate: undefined },
  NY: { name: 'New York', rate: '4/100' },
  OH: { name: 'Ohio', rate: '575/10000' },
  OK: { name: 'Oklahoma', rate: '45/1000' },
  OR: { name: 'Oregon', rate: null },
  PA: { name: 'Pennsylvania', rate: '6/100' },
  RI: { name: 'Rhode Island', rate: '7/100' },
  SC: { name: 'South Carolina', rate: '6/100' },
  SD: { name: 'South Dakota', rate: '42/1000' },
  TN: { name: 'Tennessee', rate: '7/100' },
  TX: { name: 'Texas', rate: '625/10000' },
  UT: { name: 'Utah', rate: '61/1000' },
  VA: { name: 'Virginia', rate: '53/1000' },
  VT: { name: 'Vermont', rate: '6/100' },
  WA: { name: 'Washington', rate: '65/1000' },
  WI: { name: 'Wisconsin', rate: '5/100' },
  WV: { name: 'West Virginia', rate: '6/100' },
  WY: { name: 'Wyoming', rate: '4/100' },
};

/** Post to the forces abroad, where no sales tax applies. */
export const US_FORCES: Readonly<Record<string, string>> = {
  AA: 'Armed Forces Americas',
  AE: 'Armed Forces Europe',
  AP: 'Armed Forces Pacific',
};

/** Places that an address in the US may name although no state's tax applies there. */
export const US_TERRITORIES: Readonly<Record<string, string>> = {
  AS: 'American Samoa',
  GU: 'Guam',
  MP: 'Northern Mariana Islands',
  PR: 'Puerto Rico',
  VI: 'U.S. Virgin Islands',
};

/** Provinces and territories of Canada, by postal code. */
export const CA_PROVINCES: Readonly<Record<string, string>> = {
  AB: 'Alberta',
  BC: 'British Columbia',
  MB: 'Manitoba',
  NB: 'New Brunswick',
  NL: 'Newfoundland and Labrador',
  NS: 'Nova Scotia',
  NT: 'Northwest Territories',
  NU: 'Nunavut',
  ON: 'Ontario',
  PE: 'Prince Edward Island',
  QC: 'Quebec',
  SK: 'Saskatchewan',
  YT: 'Yukon',
};
