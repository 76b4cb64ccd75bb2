const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A form of a page, with what a browser would send. */
export interface Form {
  /** As written; the page's own address when empty. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Where its buttons send it instead. */
  readonly buttonActions: readonly string[];
}

/** A tag with its attributes by name. */
interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What stands between it and its end; empty for tags without one. */
  readonly content: string;
}

/** The forms of a page. Reads the HTML that our pages write, not any HTML. */
export const formsOf = (html: string): readonly Form[] =>
  tagsOf(html, 'form').map(({ attributes, content }) => ({
    action: attributes['action'] ?? '',
    fields: Object.fromEntries([...inputs(content), ...selects(content)]),
    buttonActions: tagsOf(content, 'button').flatMap((button) => button.attributes['formaction'] ?? []),
  }));

/** Tags of a name, outermost first. */
export function tagsOf(html: string, name: string): readonly Tag[] {
  const pattern = new RegExp(`<${name}\\b((?:[^>"']|"[^"]*"|'[^']*')*)>(?:([\\s\\S]*?)</${name}>)?`, 'gi');
  return [...html.matchAll(pattern)].map(([, attributes = '', content = '']) => ({
    name,
    attributes: attributesOf(attributes),
    content,
  }));
}

/** What a reader sees of HTML. */
export const textOf = (html: string): string =>
  decoded(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

const inputs = (html: string): readonly (readonly [string, string])[] =>
  startTags(html, 'input').flatMap(({ name, type, value = '', checked }) => {
    if (name === undefined || type === 'submit') return [];
    const isTicked = type !== 'checkbox' || checked !== undefined;
    return isTicked ? [[name, value] as const] : [];
  });

const selects = (html: string): readonly (readonly [string, string])[] =>
  tagsOf(html, 'select').flatMap(({ attributes: { name }, content }) => {
    const options = startTags(content, 'option');
    const chosen = options.find(({ selected }) => selected !== undefined) ?? options[0];
    return name === undefined ? [] : [[name, chosen?.['value'] ?? ''] as const];
  });

/** Attributes of tags, whether or not they have an end. */
const startTags = (html: string, name: string): readonly Readonly<Record<string, string>>[] =>
  [...html.matchAll(new RegExp(`<${name}\\b((?:[^>"']|"[^"]*"|'[^']*')*)>`, 'gi'))].map(([, text = '']) =>
    attributesOf(text),
  );

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+)))?/g)].map(([, name = '', a, b, c]) => [
      name.toLowerCase(),
      decoded(a ?? b ?? c ?? ''),
    ]),
  );

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[(name ?? '').toLowerCase()] ?? whole;
  });
