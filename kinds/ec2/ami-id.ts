/** As AWS gives them: eight hexadecimal digits of those that are old, seventeen of all others. */
const AMI_ID = 'ami-(?:[0-9a-f]{17}|[0-9a-f]{8})';
const ONE = new RegExp(`^${AMI_ID}$`);
const IN_TEXT = new RegExp(`\\b${AMI_ID}\\b`, 'g');

/** Anybody can write something like it where AWS writes one. */
export function isAmiId(text: string): boolean {
  return ONE.test(text);
}

/**
 * The AMIs that a text names, each once: where an image may be given in several ways (by id, by the
 * ARN of something, by a parameter), the id is all that is taken of it here.
 */
export function amiIdsIn(...texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => text?.match(IN_TEXT) ?? []))];
}
