import type { Summary } from '../../core/summary/summary.ts';
import { formatNoun } from './money.ts';

/** "1,806 snapshots" where only `ebs-snapshot` was looked at; of several kinds, "resources". */
export function countOf(
  count: number,
  { input }: { readonly input: Pick<Summary['input'], 'kinds'> },
): string {
  return formatNoun(count, nounOf(input.kinds));
}

/** The last word of a kind's name says what it is. */
export function nounOf(kinds: readonly string[]): string {
  const [only] = kinds;
  return kinds.length === 1 ? (only?.split('-').at(-1) ?? 'resource') : 'resource';
}

/** "Snapshots", the title of a column. */
export function nounsOf({ input }: { readonly input: Pick<Summary['input'], 'kinds'> }): string {
  const noun = nounOf(input.kinds);
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s`;
}
