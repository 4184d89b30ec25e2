import type { Finding } from '../../../core/model/verdict.ts';
import { shorten } from '../markup/text.ts';

/** Keys and values together. AWS allows fifty tags, 19,000 characters of one snapshot. */
const MOST_TAG_CHARACTERS = 2000;
/** AWS allows 128 and 256 characters. */
const LONGEST_KEY = 200;
const LONGEST_VALUE = 300;

type Tag = readonly [key: string, value: string];

/** `Name` first, then the others in order, as many as there is room for. */
export function tagsToShow(tags: Finding['tags']): { shown: Tag[]; leftOut: number } {
  const all = Object.entries(tags).map(([key, value]): Tag => [
    shorten(key, LONGEST_KEY),
    shorten(value, LONGEST_VALUE),
  ]);
  const byRank = [...all.filter(isName), ...all.filter((tag) => !isName(tag))];
  let room = MOST_TAG_CHARACTERS;
  const fitting = new Set<Tag>();
  for (const tag of byRank) {
    const length = tag[0].length + tag[1].length;
    if (length > room) continue;
    room -= length;
    fitting.add(tag);
  }
  return { shown: all.filter((tag) => fitting.has(tag)), leftOut: all.length - fitting.size };
}

function isName([key]: Tag): boolean {
  return key === 'Name';
}
