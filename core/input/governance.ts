import { DAY_MS } from '../model/age.ts';
import { z } from 'zod';

const NAME = /^governance-/;

/** What EventBridge Scheduler sends: time to start, or the daily look whether that goes well. */
export const GovernanceEvent = z.union([
  z.strictObject({ watch: z.literal(true) }),
  z.strictObject({ scheduledTime: z.iso.datetime(), input: z.record(z.string(), z.unknown()) }),
]);
export type GovernanceEvent = z.infer<typeof GovernanceEvent>;

/** An execution of the deployed machine, as a listing shows it. */
export interface ListedExecution {
  readonly name: string;
  readonly startedAt: Date;
}

/**
 * The name of the governance run of one day: Step Functions starts nothing under a name it knows, so
 * a delivery that comes twice, or is tried again, starts one execution.
 */
export function governanceName(scheduledAt: Date): string {
  return `governance-${scheduledAt.toISOString().slice(0, 10)}`;
}

export function isGovernanceRun({ name }: { readonly name: string }): boolean {
  return NAME.test(name);
}

/** One that was taken up again is of the day when it was due: that is when it looked. */
export function lookedAt({ name, startedAt }: ListedExecution): Date {
  const [, day] = /^governance-(\d{4}-\d\d-\d\d)-resumed-/.exec(name) ?? [];
  const due = new Date(day ?? NaN);
  return due.getTime() < startedAt.getTime() ? due : startedAt;
}

/** Whole days since the newest successful governance run began; before the first, since the deployment. */
export function daysSinceGovernanceRun(
  newest: ListedExecution | undefined,
  deployedAt: Date,
  now: Date,
): number {
  const since = newest === undefined ? deployedAt : lookedAt(newest);
  return Math.floor((now.getTime() - since.getTime()) / DAY_MS);
}
