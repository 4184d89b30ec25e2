import { reasonsInWords } from '../core/report/reason-words.ts';
import type { RemovalOutcome } from '../core/outcome.ts';
import type { Finding, VerdictName } from '../core/verdict.ts';
import { shorten } from './text.ts';

/** A finding as the page shows it. */
export interface FindingRow {
  readonly verdict: VerdictName;
  readonly kind: string;
  readonly reasons: readonly string[];
  readonly resourceId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly ageDays: number | null;
  readonly sizeGiB: number;
  readonly usdUpTo: number | null;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** The evidence, in sentences. */
  readonly words: readonly string[];
  /** How its removal ended; null: none was planned. */
  readonly removal: { readonly outcome: string; readonly words: string } | null;
}

/** Where rows get what a finding itself doesn't say. */
export interface RowSources {
  accountNameOf(accountId: string): string | null;
  inWords(finding: Finding): readonly string[];
  removalOf(finding: Finding): RemovalOutcome | undefined;
}

const MOST_TAGS = 60;

export function rowOf(finding: Finding, sources: RowSources): FindingRow {
  const { verdict, kind, resourceId, accountId, region, ageDays, sizeGiB } = finding;
  const removal = sources.removalOf(finding);
  return {
    ...{ verdict, kind, accountId, region, ageDays, sizeGiB },
    resourceId: shorten(resourceId),
    reasons: finding.reasons,
    accountName: shorten(sources.accountNameOf(accountId) ?? ''),
    usdUpTo: finding.monthlyCostUsdUpTo,
    tags: Object.entries(finding.tags)
      .slice(0, MOST_TAGS)
      .map(([key, value]) => [shorten(key), shorten(value)] as const),
    words: sources.inWords(finding).map((sentence) => shorten(sentence)),
    removal:
      removal === undefined ? null : { outcome: removal.outcome, words: endInWords(removal) },
  };
}

function endInWords({ reasons, failure, restorableUntil }: RemovalOutcome): string {
  const sentences = [
    reasons.length === 0 ? '' : `${reasonsInWords(reasons)}.`,
    failure === undefined ? '' : `${failure.code}: ${failure.message}.`,
    restorableUntil === null
      ? ''
      : `It can be restored until ${restorableUntil.slice(0, 16).replace('T', ' ')} UTC.`,
  ];
  return shorten(sentences.filter((sentence) => sentence !== '').join(' '));
}
