import { cut } from './layout.ts';
import { formatCount } from './money.ts';

const NAMED_PLACES = 3;
const LONGEST_NAME = 50;

interface Place {
  readonly accountId: string;
  readonly accountName?: string | null;
  readonly region?: string | null;
}

/** shop-prod (111122223333) */
export function accountInWords({ accountId, accountName = null }: Place): string {
  const name = cut(accountName ?? '', LONGEST_NAME);
  return name === '' ? accountId : `${name} (${accountId})`;
}

/** shop-prod (111122223333), eu-west-1 */
export function placeInWords(place: Place): string {
  const { region } = place;
  return `${accountInWords(place)}${region ? `, ${region}` : ''}`;
}

/** The first three, and how many more there are. */
export function placesInWords(places: readonly string[], separator = ', '): string {
  const named = places.slice(0, NAMED_PLACES);
  const more = places.length - named.length;
  return [...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(separator);
}
