/** What a buyer's browser does on the card page: redirects are read, not followed. */
export const visit = (url: string): Promise<Response> => fetch(url, { redirect: 'manual' });
export const submit = (url: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
/** A filled-in card form. */
export const card = (number: string, fields: Readonly<Record<string, string>> = {}) => ({
  number,
  expiry: '12/34',
  cvc: '123',
  name: 'Ada Lovelace',
  ...fields,
});
/** Status and target of a redirect. */
export const goesTo = (response: Response): string => `${response.status} ${response.headers.get('location')}`;
