import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { InvalidInput } from '../../../core/model/errors.ts';
import { decodeText } from '../../../core/input/text-encoding.ts';

const TEXT = '{"scope":{"accounts":["012345678901"]},"reason":"Grüße"}';
const utf16le = Buffer.from(TEXT, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const withMark = (mark: readonly number[], bytes: Uint8Array) =>
  Buffer.concat([Buffer.from(mark), bytes]);

it.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', withMark([0xef, 0xbb, 0xbf], Buffer.from(TEXT))],
  ['UTF-16, little endian, as PowerShell writes it', withMark([0xff, 0xfe], utf16le)],
  ['UTF-16, big endian', withMark([0xfe, 0xff], utf16be)],
])('%s is read', (_, bytes) => expect(decodeText(bytes, '--input x')).toBe(TEXT));

it.each([
  ['UTF-16 without a mark', utf16le, 'it looks like UTF-16 without a byte order mark'],
  ['UTF-16 without a mark, big endian', utf16be, 'it looks like UTF-16 without a byte order mark'],
  ['UTF-32', withMark([0xff, 0xfe, 0, 0], Buffer.from('x\0\0\0')), 'UTF-32'],
  ['gzip', gzipSync(TEXT), 'compressed (gzip)'],
  ['zip', Buffer.from('PK\u0003\u0004…'), 'a zip archive'],
  ['Latin-1', Buffer.from('{"reason":"Grüße"}', 'latin1'), 'not UTF-8'],
  ['something else', Buffer.from([1, 2, 3, 0, 5]), 'no text'],
])('%s is named, with what is accepted', (_, bytes, is) => {
  const decode = () => decodeText(bytes, '--input x');
  expect(decode).toThrow(InvalidInput);
  expect(decode).toThrow(`--input x: ${is}`);
  expect(decode).toThrow('accepted: text in UTF-8, or in UTF-16 with a byte order mark');
});

it('whatever the bytes are, it is their text or a refusal in one line', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        expect(typeof decodeText(bytes, 'x')).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInput);
        expect((error as Error).message).not.toContain('\n');
      }
    }),
  );
});
