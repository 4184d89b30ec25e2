import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Tells whether a file is what a step of this execution wrote, under this very key of the store.
 * Whoever can write to the store has no key to make a seal with.
 */
export interface Seal {
  /** In hex; of the UTF-8 that the store keeps. */
  mac(storeKey: string, body: string): string;
  /** False for anything that `mac` doesn't give for the same two texts. */
  verify(storeKey: string, body: string, mac: string): boolean;
}

export const SEALING_KEY_BYTES = 32;

/** A new version whenever the encoding changes: a seal is never read in two ways. */
const DOMAIN = 'orgsweep seal 1';
const MAC_HEX = /^[0-9a-f]{64}$/;

/**
 * HMAC-SHA-256 over the domain, the key of the store and the body, each after its length: no other
 * three texts give the same bytes.
 *
 * @throws RangeError for a key that isn't 32 bytes
 */
export function makeSeal(key: Uint8Array): Seal {
  if (key.byteLength !== SEALING_KEY_BYTES) {
    throw new RangeError(`sealing key: ${key.byteLength} bytes – accepted: ${SEALING_KEY_BYTES}`);
  }
  const own = Uint8Array.from(key);
  const mac: Seal['mac'] = (storeKey, body) => {
    const hmac = createHmac('sha256', own);
    for (const text of [DOMAIN, storeKey, body]) {
      const bytes = Buffer.from(text, 'utf8');
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(bytes.byteLength));
      hmac.update(length).update(bytes);
    }
    return hmac.digest('hex');
  };
  return {
    mac,
    verify: (storeKey, body, given) =>
      MAC_HEX.test(given) && timingSafeEqual(Buffer.from(mac(storeKey, body)), Buffer.from(given)),
  };
}
