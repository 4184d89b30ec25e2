import stringWidth from 'string-width';
import { cutToWidth } from '../../report/format/cut-to-width.ts';

/** A part of a line; where there isn't room for all, those of the least weight are left out. */
export interface Part {
  readonly text: string;
  readonly weight: number;
  /** What stands before it, unless it is the first. */
  readonly after: string;
}

/** One line of at most so many columns: the parts of the most weight that fit, in their order. */
export function fitParts(parts: readonly Part[], columns: number): string {
  let kept = new Set<Part>();
  for (const part of parts.toSorted((a, b) => b.weight - a.weight)) {
    const more = new Set([...kept, part]);
    if (kept.size === 0 || stringWidth(lineOf(parts, more)) <= columns) kept = more;
  }
  return cutToWidth(lineOf(parts, kept), columns);
}

function lineOf(parts: readonly Part[], kept: ReadonlySet<Part>): string {
  return join(parts.filter((part) => kept.has(part)));
}

function join(parts: readonly Part[]): string {
  return parts.map(({ text, after }, index) => (index === 0 ? text : after + text)).join('');
}
