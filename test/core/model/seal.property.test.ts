import fc from 'fast-check';
import { makeSeal } from '../../../core/model/seal.ts';
import { anyCharacter } from '../../support/summaries/any-character.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** Few letters, so that the same joined text is cut in many ways. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '\u0000', 'é', '/'), maxLength: 6 }),
  fc.string({ unit: anyCharacter, maxLength: 200 }),
);

describe('seals', () => {
  it('hold for what was sealed, and for nothing else', () => {
    fc.assert(
      fc.property(key, text, text, text, text, (bytes, at, body, otherAt, otherBody) => {
        const seal = makeSeal(bytes);
        const mac = seal.mac(at, body);
        expect(seal.verify(at, body, mac)).toBe(true);
        const isSame = at === otherAt && body === otherBody;
        expect(seal.verify(otherAt, otherBody, mac)).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });

  it('hold wherever one text is cut in two', () => {
    fc.assert(
      fc.property(key, text, fc.nat(), fc.nat(), (bytes, joined, one, two) => {
        const seal = makeSeal(bytes);
        const [a, b] = [one, two].map((at) => at % (joined.length + 1)) as [number, number];
        const macAt = (at: number) => seal.mac(joined.slice(0, at), joined.slice(at));
        expect(macAt(a) === macAt(b)).toBe(a === b);
      }),
    );
  });

  it('of one key are none of another', () => {
    fc.assert(
      fc.property(key, key, text, text, (own, others, at, body) => {
        fc.pre(!Buffer.from(own).equals(Buffer.from(others)));
        expect(makeSeal(others).verify(at, body, makeSeal(own).mac(at, body))).toBe(false);
      }),
    );
  });
});
