import type { Advice, AdviceWorth } from '../../core/model/billing.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut, oneLine } from '../format/layout.ts';
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

/** Why something costs more than it must, as the end of a sentence. */
export function adviceSays(own: KindWords | undefined, code: string): string {
  const { advice = {} } = own ?? {};
  return (Object.hasOwn(advice, code) ? advice[code] : undefined) ?? oneLine(code);
}

/** What a finding's advice says, a sentence each. */
export function adviceInWords(
  { advice = [] }: Pick<Finding, 'advice'>,
  own: KindWords | undefined,
): string[] {
  return advice.map(
    (one) => `It costs ${moreInWords(one)} than it must: ${adviceSays(own, one.code)}.`,
  );
}

function moreInWords({ monthlySavingUsdUpTo: usd }: Advice): string {
  return usd === null ? 'more' : `up to ${formatUsdUpTo(usd)} a month more`;
}

/** "Up to $1,080 a month of it can be saved, and 2 have no known price." */
export function savingByAdvice({
  resources,
  monthlySavingUsdUpTo: usd,
  unpriced,
}: AdviceWorth): string {
  if (unpriced === resources) return 'What that would save is not known.';
  const rest = unpriced === 0 ? '' : ` (not known for ${formatCount(unpriced)})`;
  return `That would save up to ${formatUsdUpTo(usd)} a month${rest}.`;
}
