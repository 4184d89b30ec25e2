/** Markup that goes into the page as it is. Only `markup` and `verbatim` make it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | null | readonly Content[];

/**
 * A template of markup. Whatever is filled in and isn't markup itself becomes text, of an element
 * or of an attribute in double quotes.
 *
 * @throws where a value would become an attribute without quotes, which no escaping makes safe
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = strings[0] ?? '';
  values.forEach((value, i) => {
    if (/=\s*$/.test(strings[i] ?? '')) throw new TypeError(`put quotes around value ${i + 1}`);
    text += textOf(value) + (strings[i + 1] ?? '');
  });
  return new Markup(text);
}

/** Takes text for markup: for what orgsweep itself made, never for what came from an account. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

function textOf(value: Content): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return value.map(textOf).join('');
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A parser would make a line feed of it.
  '\r': '&#13;',
  // HTML has no way to write it.
  '\0': '\ufffd',
};

/** What a parser takes for this very text, within an element or a quoted attribute. */
function escape(text: string): string {
  return text.replace(/[&<>"'\r\0]|\p{Surrogate}/gu, (found) => REFERENCES[found] ?? '\ufffd');
}
