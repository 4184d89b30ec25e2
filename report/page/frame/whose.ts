import type { Summary } from '../../../core/summary/summary.ts';
import { formatNoun } from '../../format/money.ts';
import { shorten } from '../markup/text.ts';

const LONGEST_NAME = 60;

/** Whose resources these are, in a word or two: an organization has no name but its management account's. */
export function nameOfWhose({ organization, byAccount, input }: Summary): string | undefined {
  const { managementAccountName: name, id } = organization ?? {};
  if (name !== undefined || id !== undefined) return shorten(name ?? id ?? '', LONGEST_NAME);
  const [only, ...others] = input.scope.accounts;
  if (only === undefined || others.length > 0) return undefined;
  const own = byAccount[only]?.accountName ?? '';
  return own === '' ? `account ${only}` : shorten(own, LONGEST_NAME);
}

/** "o-a1b2c3d4e5, 12 accounts" */
export function whoseInSmall({ organization, byAccount, input }: Summary): string {
  const accounts = Object.keys(byAccount).length;
  const { id, managementAccountName: name } = organization ?? {};
  const ids = id !== undefined && name !== undefined ? [shorten(id, LONGEST_NAME)] : [];
  const alone = organization === undefined ? input.scope.accounts.slice(0, 1) : [];
  return [...ids, ...(accounts === 1 ? alone : []), formatNoun(accounts, 'account')].join(', ');
}
