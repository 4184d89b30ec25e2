import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import { addWorth } from '../model/amount.ts';
import { ExecutionId, KindName, Timestamp } from '../model/ids.ts';
import { EMPTY_STAGE, type Funnel, Stage } from './funnel/funnel.ts';

/** Nothing that was removed is less than nothing: a file that says so isn't gone by. */
const Removed = Stage.extend({
  sizeGiB: z.number().min(0),
  monthlyCostUsdUpTo: z.number().min(0),
  unpricedGiB: z.number().min(0),
});

/** Older files tell of snapshots alone: nothing else was removed. */
const KIND_OF_OLDER_FILES = 'ebs-snapshot';

/** What of a kind leaves the Recycle Bin on one day, by then at the latest. */
const Leaving = Removed.extend({ until: Timestamp, kind: KindName.default(KIND_OF_OLDER_FILES) });
export type Leaving = z.infer<typeof Leaving>;

const OfExecution = z.strictObject({
  startedAt: Timestamp,
  /** When it was last folded. */
  endedAt: Timestamp,
  /** One for each day (UTC) and kind, in the order of the days; without what was restored. */
  leaving: z.array(Leaving),
  /** When somebody last looked for restores; null: not yet. */
  restoresReadAt: Timestamp.nullable(),
});
type OfExecution = z.infer<typeof OfExecution>;

/**
 * What executions removed for good, over all scopes. Kept for each execution until it can't come
 * again, then as one sum.
 */
export const Savings = z.strictObject({
  /** When the first execution began that was asked; null: none. */
  since: Timestamp.nullable(),
  /** Of those that removed something. */
  executions: z.record(ExecutionId, OfExecution),
  folded: Removed,
  /** The same by kind. */
  foldedByKind: z.record(KindName, Removed).optional(),
  /** What began by then is in `folded`, unless it is among `executions`. */
  foldedUntil: Timestamp.nullable(),
});
export type Savings = z.infer<typeof Savings>;

export const NO_SAVINGS: Savings = {
  since: null,
  executions: {},
  folded: EMPTY_STAGE,
  foldedUntil: null,
};

/** What has left for good, and what AWS still bills in the Recycle Bin. */
export type Saved = NonNullable<Funnel['saved']>;

/** A restore is written down within seconds; clocks may differ by minutes. */
const SETTLED_MS = 2 * DAY_MS;
/** Step Functions ends an execution after a year at the latest, also one that was redriven. */
const COMES_NOT_AGAIN_MS = 400 * DAY_MS;

/** Takes an execution in. What it removed takes the place of what it told before. */
export function withRemoved(
  savings: Savings,
  executionId: string,
  of: Pick<OfExecution, 'startedAt' | 'endedAt'> & { readonly leaving: readonly Leaving[] },
): Savings {
  const { foldedUntil, executions } = savings;
  const since = earlier(savings.since, of.startedAt);
  const isKnown = Object.hasOwn(executions, executionId);
  const isFolded =
    foldedUntil !== null && Date.parse(of.startedAt) <= Date.parse(foldedUntil) && !isKnown;
  if (isFolded || (of.leaving.length === 0 && !isKnown)) return { ...savings, since };
  const entry = { ...of, leaving: [...of.leaving], restoresReadAt: null };
  return { ...savings, since, executions: { ...executions, [executionId]: entry } };
}

/** The executions of which something may still have been restored since somebody looked. */
export function toLookForRestores({ executions }: Savings): string[] {
  return Object.entries(executions)
    .filter(([, of]) => !isSettled(of))
    .map(([executionId]) => executionId);
}

/** @param leaving without what was restored by `readAt` */
export function withRestores(
  savings: Savings,
  executionId: string,
  { leaving, readAt }: { readonly leaving?: readonly Leaving[] | undefined; readonly readAt: Date },
): Savings {
  const known = savings.executions[executionId];
  if (known === undefined) return savings;
  const restoresReadAt = readAt.toISOString();
  const entry = { ...known, ...(leaving && { leaving: [...leaving] }), restoresReadAt };
  return { ...savings, executions: { ...savings.executions, [executionId]: entry } };
}

/** Puts what can't change any more into the one sum. */
export function folded(savings: Savings, now: Date): Savings {
  const before = now.getTime() - COMES_NOT_AGAIN_MS;
  const kept: Record<string, OfExecution> = {};
  let { folded: sum, foldedUntil } = savings;
  const byKind = { ...foldedOf(savings) };
  for (const [executionId, of] of Object.entries(savings.executions)) {
    if (!isSettled(of) || Date.parse(of.endedAt) > before) {
      kept[executionId] = of;
      continue;
    }
    sum = of.leaving.reduce(addStages, sum);
    for (const one of of.leaving)
      byKind[one.kind] = addStages(byKind[one.kind] ?? EMPTY_STAGE, one);
    foldedUntil = later(foldedUntil, of.startedAt);
  }
  const foldedByKind = Object.keys(byKind).length === 0 ? {} : { foldedByKind: byKind };
  return { ...savings, executions: kept, folded: sum, ...foldedByKind, foldedUntil };
}

function foldedOf({ folded: sum, foldedByKind }: Savings): Readonly<Record<string, Stage>> {
  return foldedByKind ?? (sum.resources === 0 ? {} : { [KIND_OF_OLDER_FILES]: sum });
}

export function savedBy({ since, executions, folded: sum }: Savings, now: Date): Saved {
  const leaving = Object.values(executions).flatMap((of) => of.leaving);
  return savedOf(since, sum, leaving, now);
}

/** The same of each kind that something was removed of. */
export function savedByKind(savings: Savings, now: Date): Readonly<Record<string, Saved>> {
  const leaving = Object.values(savings.executions).flatMap((of) => of.leaving);
  const sums = foldedOf(savings);
  const kinds = new Set([...Object.keys(sums), ...leaving.map(({ kind }) => kind)]);
  return Object.fromEntries(
    [...kinds].map((kind) => {
      const ofKind = leaving.filter((one) => one.kind === kind);
      return [kind, savedOf(savings.since, sums[kind] ?? EMPTY_STAGE, ofKind, now)];
    }),
  );
}

/** Of a kind that nothing was removed of yet. */
export function nothingSaved({ since }: Saved): Saved {
  return { since, gone: EMPTY_STAGE, inRecycleBin: { ...EMPTY_STAGE, lastUntil: null } };
}

function savedOf(since: string | null, sum: Stage, leaving: readonly Leaving[], now: Date): Saved {
  const isGone = ({ until }: Leaving) => Date.parse(until) <= now.getTime();
  const inBin = leaving.filter((one) => !isGone(one));
  return {
    since,
    gone: leaving.filter(isGone).reduce(addStages, sum),
    inRecycleBin: {
      ...inBin.reduce(addStages, EMPTY_STAGE),
      lastUntil: inBin.reduce<string | null>((last, { until }) => later(last, until), null),
    },
  };
}

function addStages(a: Stage, b: Stage): Stage {
  return {
    resources: a.resources + b.resources,
    ...addWorth(a, b),
  };
}

/** Whether all has left the bin, and somebody has looked for restores since. */
function isSettled({ leaving, restoresReadAt }: OfExecution): boolean {
  if (restoresReadAt === null) return false;
  const read = Date.parse(restoresReadAt);
  return leaving.every(({ until }) => Date.parse(until) + SETTLED_MS <= read);
}

function earlier(a: string | null, b: string): string {
  return a === null || Date.parse(b) < Date.parse(a) ? b : a;
}

function later(a: string | null, b: string): string {
  return a === null || Date.parse(b) > Date.parse(a) ? b : a;
}
