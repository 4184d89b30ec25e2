import type { AwsFailure, KindLook, TargetOutcome } from './outcome.ts';

/**
 * How a target's look at one kind ended. Files of versions that knew one kind tell it of the target
 * as a whole, and so does a target where no look began. A kind that its target tells nothing of was
 * not looked at: left out with its Region, or a gap, never "none".
 */
export function lookAt(outcome: TargetOutcome, kind: string): KindLook {
  const { looks, status, excluded, failure, references, recycleBin } = outcome;
  if (looks !== undefined)
    return looks[kind] ?? (excluded === undefined ? NOT_TOLD : { status: 'EXCLUDED' });
  return {
    status,
    ...(failure && { failure }),
    ...(references && { references }),
    ...(recycleBin?.[kind] && { recycleBin: recycleBin[kind] }),
  };
}

const NOT_TOLD: KindLook = {
  status: 'FAILED',
  failure: {
    code: 'KindMissing',
    message: 'the outcome of its target tells nothing of this kind',
  },
};

/** The kinds that a target's outcome tells of, each once. */
export function kindsToldOf({ kinds, looks = {} }: TargetOutcome): string[] {
  return [...new Set([...Object.keys(kinds), ...Object.keys(looks)])];
}

/** The kinds that were not seen to the end where others of the same target were; none: all alike. */
export function kindsMissing({ status, looks = {} }: TargetOutcome): string[] {
  const missing = Object.keys(looks).filter((kind) => looks[kind]?.status !== 'COMPLETE');
  return status === 'COMPLETE' || missing.length === Object.keys(looks).length ? [] : missing;
}

/** The same target where nothing that it tells is to be believed: what was counted stays counted. */
export function failedAsAWhole(outcome: TargetOutcome, failure: AwsFailure): TargetOutcome {
  const { excluded: _excluded, accepted: _accepted, looks: _looks, ...rest } = outcome;
  return { ...rest, status: 'FAILED', failure };
}
