/** Markup that is safe to send. Made only by {@link html}. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Value = string | Html | undefined | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** A template whose values are text and escaped, unless they are Html themselves; undefined leaves nothing. Attribute values belong in double quotes. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(literals.reduce((markup, literal, index) => markup + render(values[index - 1]) + literal));
}

function render(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escape(value);
  return value instanceof Html ? value.markup : value.map(({ markup }) => markup).join('');
}
