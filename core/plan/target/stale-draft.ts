import type { stepToTake, StepToTake } from '../../history/next-step.ts';
import type { Limits } from '../../input/input.ts';
import type { Finding } from '../../model/verdict.ts';
import type { RecycleBinRule } from '../../outcome/recycle-bin.ts';
import type { LimitName } from '../plan.ts';
import { type DraftOfStep, holdPartsOfStaying } from '../together/parts.ts';
import { holdBrokenSets } from '../together/sets.ts';

/** Of a kind that something can be removed of: one at least. */
export type Steps = Parameters<typeof stepToTake>[1];

/** A stale resource whose holds are being worked out, and what its removal would be. */
export interface StaleDraft extends DraftOfStep {
  readonly staleSince: string;
  readonly rule: RecycleBinRule | null;
  readonly take: StepToTake;
  /** undefined: its kind has only one. */
  readonly step: string | undefined;
  readonly goesOn: boolean;
  /** As in what is held. */
  readonly graceDays: number | undefined;
}

/** A kind's stale resources there, with what holds each of them whatever becomes of other kinds. */
export interface Drafted {
  readonly kind: string;
  readonly origin: string | undefined;
  readonly drafts: readonly StaleDraft[];
  readonly tooStale: LimitName | null;
  readonly limits: Limits;
  /** Nothing of it can be removed there. */
  readonly isHeld: boolean;
}

/** Holds what stays because another of its kind does. */
export function holdWithOthers(drafts: readonly StaleDraft[], listed: readonly Finding[]): void {
  holdBrokenSets(drafts, listed);
  holdPartsOfStaying(drafts, listed);
}
