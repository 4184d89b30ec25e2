import { displayWidth } from './display-width.ts';

export const WIDTH = 78;

/** On one line, with nothing a terminal or a mail program would act on. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/**
 * With nothing that a mail or chat program makes a link of: `https[:]//example.com`. People who have
 * never met this notation can read it still.
 */
export function inert(text: string): string {
  return text.replace(/:\/\//g, '[:]//').replace(/\bwww\./gi, 'www[.]');
}

/** At most `length` characters on one line; what was cut is marked. */
export function cut(text: string, length: number): string {
  const characters = [...oneLine(text)];
  return characters.length <= length
    ? characters.join('')
    : `${characters.slice(0, length - 3).join('')}...`;
}

/** Wraps at spaces, and within words that are wider than a line; links become inert. */
export function wrap(
  text: string,
  first: string,
  rest = ' '.repeat(first.length),
  width = WIDTH,
): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (let word of inert(oneLine(text)).split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      [line, isEmpty] = [rest, true];
    }
    while (isEmpty && line.length + word.length > width) {
      const room = width - line.length;
      lines.push(line + word.slice(0, room));
      [line, word] = [rest, word.slice(room)];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Rows of cells as aligned columns: the first `left` to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[], left: number): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell));
    });
  return rows.map((row) =>
    `  ${row
      .map((cell, i) => {
        const blanks = ' '.repeat((widths[i] ?? 0) - displayWidth(cell));
        return i < left ? cell + blanks : blanks + cell;
      })
      .join('  ')}`.trimEnd(),
  );
}

/** Whole lines, joined, up to `maxBytes` of UTF-8; where it has to cut, it ends with `note`. */
export function fit(lines: readonly string[], maxBytes: number, note: string): string {
  const whole = `${lines.join('\n')}\n`;
  const bytesOf = (text: string) => new TextEncoder().encode(text).length;
  if (bytesOf(whole) <= maxBytes) return whole;
  let room = maxBytes - bytesOf(`${note}\n`);
  const kept: string[] = [];
  for (const line of lines) {
    room -= bytesOf(`${line}\n`);
    if (room < 0) break;
    kept.push(line);
  }
  return `${[...kept, note].join('\n')}\n`;
}
