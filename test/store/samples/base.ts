/** A moment that all samples share, and others relative to it. */
export const NOON = new Date('2026-03-01T12:00:00.000Z');
export const after = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

/** Whose the samples are, and two neighbors who must not see them. */
export const SCOPE = { business: 'bus_1', mode: 'test' } as const;
export const OTHER_BUSINESS = { business: 'bus_2', mode: 'test' } as const;
export const OTHER_MODE = { business: 'bus_1', mode: 'live' } as const;

export const BUYER = { id: 'cus_1', email: 'Ada@Example.com', name: 'Ada', phone: null } as const;
export const ADDRESS = { country: 'DE', state: null, city: 'Berlin', street: null, zipcode: '10115' };
