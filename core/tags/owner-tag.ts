/** Tags that say whom to ask, however they are written; the first that is there counts. */
export const OWNER_TAGS = ['owner', 'contact', 'team'] as const;

/** Whom a resource's tags name; null: nobody. */
export function ownerOf(
  tags: Readonly<Record<string, string>>,
): { readonly tag: (typeof OWNER_TAGS)[number]; readonly value: string } | null {
  for (const wanted of OWNER_TAGS) {
    const found = Object.entries(tags).find(
      ([tag, value]) => tag.toLowerCase() === wanted && value.trim() !== '',
    );
    if (found !== undefined) return { tag: wanted, value: found[1] };
  }
  return null;
}
