import { cut } from './layout.ts';
import { formatCount } from './money.ts';
import { quoted } from './quoted.ts';

const NAMED_PLACES = 3;
const LONGEST_NAME = 50;

interface Place {
  readonly accountId: string;
  readonly accountName?: string | null;
  readonly region?: string | null;
}

const PLAIN = /^[\p{L}\p{M}\p{N}_.&/+-]+( [\p{L}\p{M}\p{N}_.&/+-]+)*$/u;
const LIKE_AN_ACCOUNT_OR_COMMAND = /\d{12}|--|\b(orgsweep|aws) /i;

/**
 * A stranger's name within a sentence. An ordinary one stays as it is; any other could be read as
 * more than a name, and stands in marks, on one line.
 */
export function nameInWords(name: string, length = LONGEST_NAME): string {
  const short = cut(name, length);
  const isPlain = short === '' || (PLAIN.test(short) && !LIKE_AN_ACCOUNT_OR_COMMAND.test(short));
  return isPlain ? short : quoted(short, length).replaceAll(' ', '\u00a0');
}

/** shop-prod (111122223333) */
export function accountInWords({ accountId, accountName = null }: Place): string {
  const name = nameInWords(accountName ?? '');
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
