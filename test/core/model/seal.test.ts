import { createHmac } from 'node:crypto';
import { makeSeal } from '../../../core/model/seal.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const AT = 'executions/weekly/work/expected.json';

describe('a seal', () => {
  const seal = makeSeal(KEY);

  it('knows what it sealed', () => {
    const mac = seal.mac(AT, '{"mode":"report"}');
    expect(mac).toMatch(/^[0-9a-f]{64}$/);
    expect(seal.verify(AT, '{"mode":"report"}', mac)).toBe(true);
  });

  it('is the same in every process that has the key', () => {
    expect(makeSeal(Uint8Array.from(KEY)).mac(AT, 'body')).toBe(seal.mac(AT, 'body'));
  });

  it('is HMAC-SHA-256 over three texts, each after its length in 8 bytes', () => {
    const parts = ['orgsweep seal 1', 'clé', 'körper'].flatMap((text) => {
      const length = Buffer.alloc(8);
      length.writeUInt32BE(Buffer.byteLength(text), 4);
      return [length, Buffer.from(text)];
    });
    const expected = createHmac('sha256', KEY).update(Buffer.concat(parts)).digest('hex');
    expect(seal.mac('clé', 'körper')).toBe(expected);
  });

  it('refuses another body, another place and another key', () => {
    const mac = seal.mac(AT, 'body');
    expect(seal.verify(AT, 'bodY', mac)).toBe(false);
    expect(seal.verify('executions/other/work/expected.json', 'body', mac)).toBe(false);
    expect(makeSeal(KEY.toReversed()).verify(AT, 'body', mac)).toBe(false);
  });

  it('does not take the end of a key for the beginning of a body', () => {
    expect(seal.mac('a', 'bc')).not.toBe(seal.mac('ab', 'c'));
    expect(seal.mac('', 'abc')).not.toBe(seal.mac('abc', ''));
  });

  it.each(['', 'not hex', 'f'.repeat(63), 'f'.repeat(64), 'F'.repeat(64), 'é'.repeat(64)])(
    'refuses %j for a mac',
    (mac) => expect(seal.verify(AT, 'body', mac)).toBe(false),
  );

  it('refuses its own mac in capitals, cut short or with something behind it', () => {
    const mac = seal.mac(AT, 'body');
    for (const other of [mac.toUpperCase(), mac.slice(0, -2), `${mac}00`, ` ${mac}`, `${mac}\n`])
      expect(seal.verify(AT, 'body', other)).toBe(false);
  });

  it('keeps its key when whoever gave it overwrites it', () => {
    const key = Uint8Array.from(KEY);
    const own = makeSeal(key);
    key.fill(0);
    expect(own.mac(AT, 'body')).toBe(seal.mac(AT, 'body'));
  });

  it.each([0, 16, 31, 33, 64])('takes no key of %d bytes', (length) =>
    expect(() => makeSeal(new Uint8Array(length))).toThrow(
      `sealing key: ${length} bytes – accepted: 32`,
    ),
  );
});
