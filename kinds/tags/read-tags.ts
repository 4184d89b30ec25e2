import { couldFit, fitOf } from '../../core/tags/tag-rule.ts';
import type { KnownTags } from './known-tag.ts';
import { KNOWN_TAGS } from './table.ts';

type Tags = Readonly<Record<string, string>>;

/**
 * Why something is kept that carries a tag of AWS's own which nobody here has heard of.
 *
 * @internal A test holds that no table has it.
 */
export const UNKNOWN_AWS_TAG = 'UNKNOWN_AWS_TAG';

/** Nobody but AWS sets these. */
const OF_AWS = /^aws:/i;

/** A tag by which somebody shows that they need the resource. */
interface SignOfNeed {
  readonly tag: string;
  /** Who sets it; null: a tag of AWS's own that isn't known. */
  readonly setBy: string | null;
  readonly reason: string;
}

/** What a resource's tags say of who needs it, each in the order of the tags. */
export interface TagSigns {
  readonly needs: readonly SignOfNeed[];
  /** Known tags that say nothing of need. */
  readonly others: readonly { readonly tag: string; readonly setBy: string }[];
}

const MOST_REMEMBERED = 5_000;
/** An account has few keys and many tags, and nearly none of its keys is known. */
const rememberedByKey = new Map<string, readonly KnownTags[]>();

const NO_SIGNS: TagSigns = { needs: [], others: [] };

/** Reads them for a kind: what begins with `aws:` and isn't known keeps, whatever it may be. */
export function readTags(kind: string, tags: Tags): TagSigns {
  const entries = Object.entries(tags);
  if (entries.length === 0) return NO_SIGNS;
  const read = entries.map(([key, value]) => readTag(kind, key, value));
  return {
    needs: read.flatMap(({ needs }) => needs),
    others: read.flatMap(({ others }) => others),
  };
}

function readTag(kind: string, key: string, value: string): TagSigns {
  const known = withKey(key).filter(({ means, tags }) => {
    const meaning = means[kind];
    if (meaning === undefined) return false;
    const fits = tags.map((rule) => fitOf(rule, key, value));
    // What nearly looks like a tag that says nothing may say something.
    return meaning === null ? fits.includes('EXACT') : fits.some((fit) => fit !== null);
  });
  if (known.length === 0 && OF_AWS.test(key)) {
    return { ...NO_SIGNS, needs: [{ tag: key, setBy: null, reason: UNKNOWN_AWS_TAG }] };
  }
  return {
    needs: known.flatMap(({ setBy, means }) => {
      const reason = means[kind] ?? null;
      return reason === null ? [] : [{ tag: key, setBy, reason }];
    }),
    others: known.flatMap(({ setBy, means }) =>
      means[kind] === null ? [{ tag: key, setBy }] : [],
    ),
  };
}

function withKey(key: string): readonly KnownTags[] {
  const known = rememberedByKey.get(key);
  if (known !== undefined) return known;
  const found = KNOWN_TAGS.filter(({ tags }) => tags.some((rule) => couldFit(rule, key)));
  if (rememberedByKey.size >= MOST_REMEMBERED) rememberedByKey.clear();
  rememberedByKey.set(key, found);
  return found;
}
