import { compare } from '../../../../core/model/order.ts';
import { formatNoun } from '../../../format/money.ts';
import type { FindingRow } from '../../findings/finding-row.ts';

type Of = Pick<FindingRow, 'accountId' | 'accountName'>;

export interface AccountChoices {
  /** Value and label, by label. */
  readonly choices: readonly (readonly [accountId: string, label: string])[];
  /** What stands below them; undefined: they are all. */
  readonly others: string | undefined;
}

/** The accounts to choose from: of very many, those with most findings. Any can be searched for. */
export function accountChoices(rows: readonly Of[], most = 500): AccountChoices {
  const accounts = new Map<string, { label: string; findings: number }>();
  for (const { accountId, accountName } of rows) {
    const account = accounts.get(accountId);
    if (account !== undefined) account.findings += 1;
    else {
      const label = accountName === '' ? accountId : `${accountName} (${accountId})`;
      accounts.set(accountId, { label, findings: 1 });
    }
  }
  const ranked = [...accounts].toSorted(
    ([a, ofA], [b, ofB]) => ofB.findings - ofA.findings || compare(a, b),
  );
  const more = ranked.length - most;
  return {
    choices: ranked
      .slice(0, most)
      .map(([id, { label }]) => [id, label] as const)
      .toSorted(([, a], [, b]) => compare(a.toLowerCase(), b.toLowerCase())),
    others:
      more > 0 ? `${formatNoun(more, 'account')} with fewer findings: use the search` : undefined,
  };
}
