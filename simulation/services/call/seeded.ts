import { createHash } from 'node:crypto';

function digest(seed: number, parts: readonly (string | number)[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...parts]))
    .digest();
}

/** A number in [0, 1) that depends on the seed and the parts alone. */
export function seededFraction(seed: number, ...parts: readonly (string | number)[]): number {
  return digest(seed, parts).readUInt32BE(0) / 2 ** 32;
}

/** A UUID that depends on the seed and the parts alone, as AWS's request ids look. */
export function seededUuid(seed: number, ...parts: readonly (string | number)[]): string {
  const hex = digest(seed, parts).toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...groups, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** `length` characters of an access key id: upper-case letters and the digits 2 to 7. */
export function seededKey(seed: number, length: number, ...parts: readonly (string | number)[]) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = [...digest(seed, parts)].slice(0, length);
  return bytes.map((byte) => alphabet[byte % alphabet.length]).join('');
}
