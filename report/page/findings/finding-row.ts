import type { Finding, VerdictName } from '../../../core/model/verdict.ts';
import type { Fate } from './fate.ts';
import { tagsToShow } from './tags-to-show.ts';
import { shorten } from '../markup/text.ts';
import type { ResourceRef } from '../../../core/model/ids.ts';

/** A finding as the page shows it. */
export interface FindingRow extends Readonly<ResourceRef> {
  readonly verdict: VerdictName;
  readonly reasons: readonly string[];
  readonly accountName: string;
  readonly ageDays: number | null;
  readonly sizeGiB: number | null;
  readonly usdUpTo: number | null;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** How many tags there are besides. */
  readonly tagsLeftOut: number;
  /** The evidence, in sentences. */
  readonly words: readonly string[];
  readonly fate: Fate;
}

/** A finding as the page shows it, before it is known what becomes of it. */
export type FindingAlone = Omit<FindingRow, 'fate'>;

/** @param beside what a finding itself doesn't say; `words`: its evidence, in sentences */
export function rowAlone(
  finding: Finding,
  beside: { readonly accountName: string | undefined; readonly words: readonly string[] },
): FindingAlone {
  const { verdict, kind, resourceId, accountId, region, ageDays, sizeGiB } = finding;
  const { shown, leftOut } = tagsToShow(finding.tags);
  return {
    ...{ verdict, kind, accountId, region, ageDays, sizeGiB, resourceId },
    reasons: finding.reasons,
    accountName: shorten(beside.accountName ?? ''),
    usdUpTo: finding.monthlyCostUsdUpTo,
    tags: shown,
    tagsLeftOut: leftOut,
    words: beside.words.map((sentence) => shorten(sentence)),
  };
}

export function withFate(row: FindingAlone, fate: Fate): FindingRow {
  return { ...row, resourceId: shorten(row.resourceId), fate };
}

/** What a stranger could make as long as they like; the page goes without it where it is too much. */
export function freeTextsOf({ tags, words, fate }: FindingRow): string[] {
  return [...tags.flat(), ...words, fate.said];
}

export function withoutFreeTexts(row: FindingRow): FindingRow {
  const { tags, tagsLeftOut, fate } = row;
  return {
    ...{ ...row, tags: [], words: [], tagsLeftOut: tagsLeftOut + tags.length },
    fate: { ...fate, said: '' },
  };
}
