import fc from 'fast-check';

const SURROGATES_FROM = 0xd800;
const SURROGATES = 0x800;

/**
 * The unit of texts of any Unicode characters: what fast-check calls `unit: 'binary'`, drawn alike. Its
 * own first makes a table of all 1,112,064 characters, in every test file anew.
 */
export const anyCharacter = fc.nat({ max: 0x10_ffff - SURROGATES }).map(
  (nth) => String.fromCodePoint(nth < SURROGATES_FROM ? nth : nth + SURROGATES),
  (text) => {
    const [character, ...others] = typeof text === 'string' ? text : '';
    const code = character?.codePointAt(0);
    if (code === undefined || others.length > 0) throw new Error('not one character');
    if (code < SURROGATES_FROM) return code;
    if (code < SURROGATES_FROM + SURROGATES) throw new Error('half a character');
    return code - SURROGATES;
  },
);
