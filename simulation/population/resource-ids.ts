import type { HashKey } from './hash.ts';
import { hash32, hashKey } from './hash.ts';

export type IdPrefix = 'snap' | 'vol' | 'i' | 'ami' | 'lt';

/** Turns an index into a resource id and back, with no table of ids. */
export interface IdCodec {
  /** @param index 0 to 2^32 - 1 */
  encode(index: number): string;
  /** The index, or undefined for an id that `encode` never gave. */
  decode(id: string): number | undefined;
}

const hex32 = (word: number) => (word >>> 0).toString(16).padStart(8, '0');

/**
 * Ids as EC2's: `<prefix>-` and 17 hex digits, the first a 0. Eight digits are the index, masked;
 * eight are a check that also picks the mask, so ids look random and made-up ones decode to nothing.
 */
export function idCodec(prefix: IdPrefix, scope: HashKey): IdCodec {
  const key = hashKey(prefix, scope.a, scope.b);
  const shape = new RegExp(`^${prefix}-0([0-9a-f]{8})([0-9a-f]{8})$`);
  const mask = (check: number) => hash32(key, check, 1);
  const checkOf = (index: number) => hash32(key, index);
  return {
    encode: (index) => {
      const check = checkOf(index);
      return `${prefix}-0${hex32(index ^ mask(check))}${hex32(check)}`;
    },
    decode: (id) => {
      const [, masked, digits] = shape.exec(id) ?? [];
      if (masked === undefined || digits === undefined) return undefined;
      const check = Number.parseInt(digits, 16);
      const index = (Number.parseInt(masked, 16) ^ mask(check)) >>> 0;
      return checkOf(index) === check ? index : undefined;
    },
  };
}
