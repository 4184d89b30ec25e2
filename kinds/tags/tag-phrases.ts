import { z } from 'zod';
import { KEEP_UNTIL_FORMAT } from '../../core/tags/keep-until.ts';
import { KEEP_UNTIL_TAG, PROTECT_TAG, protects } from '../../core/tags/protection.ts';
import { ProtectionTag } from '../../core/tags/protection-tag.ts';
import { listed, quoted } from '../../report/format/quoted.ts';

const SignOfNeed = z.object({
  tag: z.string(),
  setBy: z.string().nullable(),
  reason: z.string(),
});

const KnownTag = z.object({ tag: z.string(), setBy: z.string() });

/** What a finding may hold of its tags, of this version or an older one. */
export const STORED_TAGS = {
  tagsOfNeed: z.array(SignOfNeed).catch([]),
  tagsThatSayNothing: z.array(KnownTag).catch([]),
  protection: z.array(ProtectionTag).catch([]),
};
type StoredTags = z.infer<z.ZodObject<typeof STORED_TAGS>>;

const MOST_NAMED = 5;
const TAG_LENGTH = 130;

/** Who needs it, by which tag; undefined: no tag gives this reason. */
export function needInWords(
  reason: string,
  { tagsOfNeed }: Pick<StoredTags, 'tagsOfNeed'>,
): string | undefined {
  const signs = tagsOfNeed.filter((sign) => sign.reason === reason);
  const tags = listed(
    signs.map(({ tag }) => name(tag)),
    MOST_NAMED,
  );
  const setBy = [...new Set(signs.map((sign) => sign.setBy))];
  if (signs.length === 0) return undefined;
  if (setBy.includes(null)) return `AWS put on it what orgsweep doesn't know: the tag ${tags}`;
  return `it belongs to ${listed(setBy.map(String), MOST_NAMED)}, by its tag ${tags}`;
}

/** Which tags protect it, and what was meant by those that are written differently. */
export function protectionInWords(tags: readonly ProtectionTag[]): string | undefined {
  const phrases = tags.filter(protects).map(onePhrase);
  return phrases.length === 0 ? undefined : listed(phrases, MOST_NAMED);
}

/** What once protected it, and what tells only where it comes from. */
export function tagSentences({
  protection,
  tagsThatSayNothing,
}: Omit<StoredTags, 'tagsOfNeed'>): string[] {
  const over = protection.filter((tag) => !protects(tag));
  const origins = tagsThatSayNothing.map(({ tag, setBy }) => `${name(tag)} (${setBy})`);
  return [
    ...over.map(
      ({ key, until }) =>
        `It was protected by its tag ${name(key)} until ${until ?? ''}, a day that is over now.`,
    ),
    ...(origins.length === 0
      ? []
      : [`Of these tags none says that anybody needs it: ${listed(origins, MOST_NAMED)}.`]),
  ];
}

function onePhrase({ key, value, meant, exact, until }: ProtectionTag): string {
  const tag = exact ? `its tag ${name(key)}` : `its tag ${name(key)}, read as ${name(meant)},`;
  if (meant !== KEEP_UNTIL_TAG) {
    return meant === PROTECT_TAG || !exact
      ? `${tag} protects it`
      : `${tag} protects it (protectTags)`;
  }
  return until === null || until === undefined
    ? `${tag} protects it for good, as nobody can read ${quoted(value, TAG_LENGTH)} as a date (write ${KEEP_UNTIL_FORMAT})`
    : `${tag} protects it until ${until} is over everywhere`;
}

/**
 * A key is somebody else's words, except the two that are orgsweep's own. Blanks that nobody would
 * see, as they stand at an end or have no width, are shown.
 */
function name(key: string): string {
  if (key === PROTECT_TAG || key === KEEP_UNTIL_TAG) return key;
  const shown = key.replace(/^\s+|\s+$|[^\S ]+|\p{Cf}+/gu, (blanks) => '␣'.repeat(blanks.length));
  return quoted(shown, TAG_LENGTH);
}
