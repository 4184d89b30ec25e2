import type { Finding, VerdictName } from '../../../core/model/verdict.ts';
import { worthOfFinding } from '../../../core/prices/worth-of-finding.ts';
import type { Fate } from './fate.ts';
import { tagsToShow } from './tags-to-show.ts';
import { shorten } from '../markup/text.ts';
import type { ResourceRef } from '../../../core/model/ids.ts';

/** A finding as the page shows it. */
export interface FindingRow extends Readonly<ResourceRef> {
  readonly verdict: VerdictName;
  readonly reasons: readonly string[];
  readonly accountName: string;
  /** The unit that its account is directly in, and how people call that; '': not known, or none. */
  readonly unitId: string;
  readonly unitPath: string;
  /** What names the same in one account and Region shares data, and counts once; '': it shares none. */
  readonly sharesWith: string;
  /** Of the epoch; null: not known. */
  readonly startedAtSeconds: number | null;
  readonly ageDays: number | null;
  readonly sizeGiB: number | null;
  /** Its own, or where that is nothing of so many others that it frees. */
  readonly usdUpTo: number | null;
  readonly freed: number | null;
  /** By its tag, or what its kind calls it. */
  readonly name: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** How many tags there are besides. */
  readonly tagsLeftOut: number;
  /** The evidence, in sentences. */
  readonly words: readonly string[];
  readonly fate: Fate;
}

/** An organizational unit, by id, and by the names of those above it. */
export interface Unit {
  readonly id: string;
  readonly path: string;
}

/** A finding as the page shows it, before it is known what becomes of it. */
export type FindingAlone = Omit<FindingRow, 'fate'>;

/** @param beside what a finding itself doesn't say; `words`: its evidence, in sentences */
export function rowAlone(
  finding: Finding,
  beside: {
    readonly accountName: string | undefined;
    readonly unit?: Unit | undefined;
    readonly words: readonly string[];
  },
): FindingAlone {
  const { verdict, kind, resourceId, accountId, region, ageDays, sizeGiB } = finding;
  const { startedAt, tags } = finding;
  const { shown, leftOut } = tagsToShow(tags);
  return {
    ...{ verdict, kind, accountId, region, ageDays, sizeGiB, resourceId },
    startedAtSeconds: startedAt === null ? null : Math.floor(Date.parse(startedAt) / 1000),
    reasons: finding.reasons,
    accountName: shorten(beside.accountName ?? ''),
    unitId: beside.unit?.id ?? '',
    unitPath: shorten(beside.unit?.path ?? ''),
    sharesWith: shorten(finding.evidence.billing?.sharesWith ?? ''),
    ...worthOfFinding(finding),
    name: shorten(nameOf(finding)),
    tags: shown,
    tagsLeftOut: leftOut,
    words: beside.words.map((sentence) => shorten(sentence)),
  };
}

function nameOf({ tags, evidence }: Pick<Finding, 'tags' | 'evidence'>): string {
  const { name } = evidence as { readonly name?: unknown };
  return tags['Name'] || (typeof name === 'string' ? name : '');
}

export function withFate(row: FindingAlone, fate: Fate): FindingRow {
  return { ...row, resourceId: shorten(row.resourceId), fate };
}

/** What a stranger could make as long as they like; the page goes without it where it is too much. */
export function freeTextsOf({ tags, words, name, fate }: FindingRow): string[] {
  return [...tags.flat(), ...words, name, fate.said];
}

export function withoutFreeTexts(row: FindingRow): FindingRow {
  const { tags, tagsLeftOut, fate } = row;
  return {
    ...{ ...row, tags: [], words: [], name: '', tagsLeftOut: tagsLeftOut + tags.length },
    fate: { ...fate, said: '' },
  };
}
