import { wrap } from './layout.ts';
import { formatCount } from './money.ts';

const NAMED_PLACES = 3;

/** One thing that a person can do. */
export function step(text: string): string[] {
  return wrap(text, '  - ', '    ');
}

export function placesInWords(places: readonly string[]): string {
  const named = places.slice(0, NAMED_PLACES);
  const more = places.length - named.length;
  return [...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
}
