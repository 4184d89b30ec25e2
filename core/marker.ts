/**
 * The constant tag that orgsweep puts on a resource just before it removes it. The deletion role's
 * IAM condition and the Recycle Bin rule match exactly this key and value.
 */
export const MARKER = { key: 'orgsweep:marked', value: 'true' } as const;
