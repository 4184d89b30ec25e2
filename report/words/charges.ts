import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { formatCount, formatUsdUpTo } from '../format/money.ts';

type Extra = Summary['counts']['extraCharges'][string];

/** What a charge is called, what it is counted by, and the reason of the findings that have it. */
const EXTRA_WORDS: Readonly<Record<string, { name: string; per: string; reason: string }>> = {
  'fast-restore': {
    name: 'fast snapshot restore',
    per: 'snapshot × zone',
    reason: 'FAST_RESTORE_ENABLED',
  },
};

export function extraCharge(charge: string): string {
  return EXTRA_WORDS[charge]?.name ?? cut(charge, 40);
}

export function reasonOfExtra(charge: string): string | undefined {
  return EXTRA_WORDS[charge]?.reason;
}

/** enabled 84 times (snapshot × zone): 24 with a known price cost up to $13,392 a month */
export function extraCost(charge: string, extra: Extra): string {
  const { monthlyCostUsdUpTo: usd, unpricedUnits, units } = extra;
  const per = EXTRA_WORDS[charge]?.per;
  const times = units === 1 ? 'once' : `${formatCount(units)} times`;
  const enabled = `enabled ${times}${per === undefined ? '' : ` (${per})`}`;
  if (unpricedUnits >= units) return `${enabled}, no known price`;
  const cost = `up to ${formatUsdUpTo(usd)} a month`;
  if (unpricedUnits === 0) return `${enabled}, ${cost}`;
  return `${enabled}: ${formatCount(units - unpricedUnits)} with a known price cost ${cost}`;
}

/** 84 times, up to $13,392 a month for 24: where there is little room. */
export function extraCostInShort({ monthlyCostUsdUpTo: usd, unpricedUnits, units }: Extra): string {
  const times = `${formatCount(units)} times`;
  if (unpricedUnits >= units) return `${times}, no known price`;
  const of = unpricedUnits === 0 ? '' : ` for ${formatCount(units - unpricedUnits)}`;
  return `${times}, up to ${formatUsdUpTo(usd)} a month${of}`;
}
