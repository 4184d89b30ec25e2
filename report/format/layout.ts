import stringWidth from 'string-width';

export const WIDTH = 78;

/** Half a character of UTF-16 is none in any encoding, and whoever sends it gets an error. */
export function wholeCharacters(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Printable ASCII with single blanks between words: nearly every text. */
const IS_PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** On one line, with nothing a terminal or a mail program would act on. */
export function oneLine(text: string): string {
  if (IS_PLAIN.test(text)) return text;
  return wholeCharacters(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Lines as they are, with nothing else in them that a terminal would act on. */
export function harmless(text: string): string {
  return wholeCharacters(text).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
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
  const line = oneLine(text);
  if (line.length <= length) return line;
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 3).join('')}...`;
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
      const part = partOf(word, width - line.length);
      lines.push(line + part);
      [line, word] = [rest, word.slice(part.length)];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** At most `length` of it, and something, and never half a character: SNS takes no such text. */
function partOf(word: string, length: number): string {
  const part = word.slice(0, length);
  if (!/[\ud800-\udbff]$/.test(part) || !/^[\udc00-\udfff]/.test(word.slice(length))) return part;
  return part.length > 1 ? part.slice(0, -1) : word.slice(0, 2);
}

/** Rows of cells as aligned columns: the first `left` to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[], left: number): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, stringWidth(cell));
    });
  return rows.map((row) =>
    `  ${row
      .map((cell, i) => {
        const blanks = ' '.repeat((widths[i] ?? 0) - stringWidth(cell));
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

/** "Snapshots" */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
