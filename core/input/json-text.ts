import { parse, type ParseError, printParseErrorCode, visit } from 'jsonc-parser';
import { pathOf } from './bad-input.ts';
import { InvalidInput } from '../model/errors.ts';

/** No comments, no comma before a brace: what JSON is, and nothing that looks like it. */
const STRICT = { disallowComments: true, allowTrailingComma: false } as const;

/**
 * Parses JSON that a person wrote.
 *
 * @param name what the text is called in messages, such as "--input FILE"
 * @throws {InvalidInput} naming line and column of what is no JSON, or of a key that is given twice
 */
export function parseJsonText(text: string, name: string): unknown {
  const errors: ParseError[] = [];
  parse(text, errors, STRICT);
  const [first] = errors;
  if (first !== undefined) {
    const what = printParseErrorCode(first.error)
      .replace(/(?!^)[A-Z]/g, ' $&')
      .toLowerCase();
    throw new InvalidInput(`${name}: ${what} at ${placeIn(text, first.offset)} – accepted: JSON`);
  }
  refuseRepeatedKeys(text, name);
  // jsonc-parser says where a fault is, but takes `__proto__` for the prototype.
  return JSON.parse(text) as unknown;
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Refuses a text in which an object has a key twice. JSON.parse takes the last of them and says
 * nothing: of two `policy` or two `protectTags` one would be lost, and what it protects with it.
 * What is no JSON at all is left to whoever parses it.
 *
 * @throws {InvalidInput} naming the key, and line and column of both
 */
export function refuseRepeatedKeys(text: string, name: string): void {
  const objects: Map<string, number>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void objects.push(new Map()),
      onObjectEnd: () => void objects.pop(),
      onObjectProperty: (key, offset, _length, _line, _column, pathTo) => {
        const seen = objects.at(-1);
        const first = seen?.get(key);
        if (first !== undefined) {
          const path = pathOf('', [...pathTo(), key]).replace(/^\./, '');
          throw new InvalidInput(
            `${name}: ${path} is given twice, at ${placeIn(text, first)} and at ${placeIn(text, offset)} – accepted: each key once`,
          );
        }
        seen?.set(key, offset);
      },
    },
    STRICT,
  );
}

function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
