const AMI_ID = /\bami-(?:[0-9a-f]{17}|[0-9a-f]{8})\b/g;

/**
 * The AMIs that a text names, each once: where an image may be given in several ways (by id, by the
 * ARN of something, by a parameter), the id is all that is taken of it here.
 */
export function amiIdsIn(...texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => text?.match(AMI_ID) ?? []))];
}
