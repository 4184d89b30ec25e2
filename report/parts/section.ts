import { cut, oneLine, wrap } from '../format/layout.ts';

/**
 * A message in parts that e-mail and chat each render in their own way, so that both tell the same.
 * `verbatim` is there to be copied: it stays whole, on a line of its own.
 */
export interface Line {
  readonly as: 'sentence' | 'point' | 'below' | 'verbatim';
  readonly text: string;
  /** The same in fewer words and with all its figures, the longest first, where there is no room. */
  readonly shorter?: readonly string[];
  /** What chat leaves out, for want of room. */
  readonly mailOnly?: true;
}

export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

export const LONGEST_VERBATIM = 600;

export const sentence = (text: string): Line => ({ as: 'sentence', text });
export const point = (text: string): Line => ({ as: 'point', text });
/** More about the point before. */
export const below = (text: string): Line => ({ as: 'below', text });
export const verbatim = (text: string): Line => ({
  as: 'verbatim',
  text: cut(text, LONGEST_VERBATIM),
});

/** Chat leaves these out, for want of room. */
export function mailOnly(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, mailOnly: true }));
}

/** The first `most`, and a point that says how many there are besides. */
export function firstOf<T>(
  items: readonly T[],
  most: number,
  toLines: (item: T) => readonly Line[],
  more: (count: number) => string,
): Line[] {
  const lines = items.slice(0, most).flatMap(toLines);
  return items.length > most ? [...lines, point(more(items.length - most))] : lines;
}

/** A section as plain text; nothing where it has nothing to say. */
export function toText({ title, lines }: Section): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.flatMap(lineToText)];
}

function lineToText({ as, text }: Line): string[] {
  switch (as) {
    case 'sentence':
      return wrap(text, '  ');
    case 'point':
      return wrap(text, '  - ', '    ');
    case 'below':
      return wrap(text, '    ');
    case 'verbatim':
      return [`    ${oneLine(text)}`];
  }
}
