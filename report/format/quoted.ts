import { cut } from './layout.ts';

/**
 * What somebody else wrote, on one line and cut, such that one sees where it begins and ends: it
 * can't hold the marks that it stands in.
 */
export function quoted(text: string, length: number): string {
  return `"${cut(text, length).replaceAll('"', "'")}"`;
}

/** "a, b and 3 more" */
export function listed(items: readonly string[], most: number): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ');
}

const MOST_TAGS = 10;
const KEY_LENGTH = 128;
const VALUE_LENGTH = 80;

/** The tags as a sentence. */
export function tagsInWords(tags: Readonly<Record<string, string>>): string {
  const shown = Object.entries(tags).map(([key, value]) => {
    const name = cut(key, KEY_LENGTH);
    return value === '' ? `${name} without a value` : `${name} ${quoted(value, VALUE_LENGTH)}`;
  });
  return shown.length === 0 ? 'It has no tags.' : `Tags: ${listed(shown, MOST_TAGS)}.`;
}
