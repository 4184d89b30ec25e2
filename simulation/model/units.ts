export const DAY_MS = 86_400_000;
/** Bytes. */
export const GIB = 2 ** 30;
