/** What a form field holds once `a[b][0][c]=d` is read. */
export type FormValue = string | { readonly [name: string]: FormValue };

/** Reads a body or query as Stripe does: brackets nest, everything is text. */
export function readForm(text: string): { readonly [name: string]: FormValue } {
  const fields: Record<string, FormValue> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll(']', '').split('[');
    place(fields, path, value);
  }
  return fields;
}

function place(into: Record<string, FormValue>, [first = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = into[first];
  const next: Record<string, FormValue> = typeof inner === 'object' ? { ...inner } : {};
  place(next, rest, value);
  into[first] = next;
}

/** The field at a path; undefined when it is not there or not a text. */
export function textAt(fields: FormValue, ...path: readonly string[]): string | undefined {
  const found = path.reduce<FormValue | undefined>(
    (value, name) => (typeof value === 'object' ? value[name] : undefined),
    fields,
  );
  return typeof found === 'string' ? found : undefined;
}

/** The texts of an object at a path: metadata. */
export function textsAt(fields: FormValue, ...path: readonly string[]): Readonly<Record<string, string>> {
  const found = path.reduce<FormValue | undefined>(
    (value, name) => (typeof value === 'object' ? value[name] : undefined),
    fields,
  );
  const entries = Object.entries(typeof found === 'object' ? found : {});
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
