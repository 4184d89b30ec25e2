import { InvalidInput } from '../model/errors.ts';

interface Mark {
  readonly bytes: readonly number[];
  /** What a TextDecoder calls it; null: nothing here reads it. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | null;
  readonly is: string;
}

/** What a file begins with, the longer marks first: UTF-32's begins as UTF-16's does. */
const MARKS: readonly Mark[] = [
  { bytes: [0xff, 0xfe, 0, 0], encoding: null, is: 'UTF-32' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: null, is: 'UTF-32' },
  { bytes: [0x50, 0x4b, 3, 4], encoding: null, is: 'a zip archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], encoding: null, is: 'compressed (zstd)' },
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8', is: 'UTF-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le', is: 'UTF-16' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be', is: 'UTF-16' },
  { bytes: [0x1f, 0x8b], encoding: null, is: 'compressed (gzip)' },
];

const ACCEPTED = 'accepted: text in UTF-8, or in UTF-16 with a byte order mark';

/**
 * The text of a file that a person wrote. With a byte order mark its encoding is certain (PowerShell
 * writes UTF-16 with one); without, it is UTF-8 or refused.
 *
 * @param name what the file is called in messages, such as "--input FILE"
 * @throws {InvalidInput} naming what the bytes look like
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const mark = MARKS.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (mark?.encoding === null) throw new InvalidInput(`${name}: ${mark.is} – ${ACCEPTED}`);
  const encoding = mark?.encoding ?? 'utf-8';
  if (encoding === 'utf-8' && bytes.includes(0))
    throw new InvalidInput(`${name}: ${looksLike(bytes)} – ${ACCEPTED}`);
  try {
    // It takes the byte order mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const is = encoding === 'utf-8' ? 'not UTF-8 (perhaps Windows-1252 or Latin-1)' : 'not UTF-16';
    throw new InvalidInput(`${name}: ${is} – ${ACCEPTED}`, { cause: error });
  }
}

/** Every other byte of JSON in UTF-16 is 0. */
function looksLike(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0 ? bytes[1] !== 0 : bytes[1] === 0;
  return isWide && bytes.length % 2 === 0
    ? 'it looks like UTF-16 without a byte order mark'
    : 'no text, as it has bytes that are 0';
}
