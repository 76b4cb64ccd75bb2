/** Prints data: as JSON for programs, as text for people. */
export function print({
  json,
  data,
  text,
}: {
  readonly json: boolean | undefined;
  readonly data: unknown;
  readonly text: string;
}): void {
  console.log(json === true ? JSON.stringify(data, null, 2) : text);
}
