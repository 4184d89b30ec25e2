import fc from 'fast-check';
import { History } from '../../../core/history/history.ts';
import { historyKeys } from '../../../store/keys.ts';
import type { Chapter } from '../run/chapter.ts';
import { runStep } from '../run/history.ts';
import { breachesOf } from '../laws/laws.ts';
import { countKey, type Crash } from '../run/life.ts';
import { refuse } from '../run/prove.ts';
import { countStage, type Tally } from '../run/tally.ts';
import { LEASE_MILLISECONDS, openStage, type Stage } from '../run/stage.ts';
import {
  ALONE,
  death,
  limits,
  organization,
  policy,
  RETRIED,
  type OrganizationShape,
  type Step,
} from './trial.ts';

/** One execution that dies somewhere, and those that come after it. */
export interface CrashTrial {
  readonly organization: OrganizationShape;
  readonly step: Pick<Step, 'policy' | 'limits' | 'slowestCallMilliseconds'>;
  readonly crash: Omit<Crash, 'number'> & {
    /** Where among the writes or calls that the function makes when nothing disturbs it. */
    readonly permille: number;
  };
}

const MOST_EXECUTIONS = 12;

export const anyCrashTrial: fc.Arbitrary<CrashTrial> = fc.record({
  organization,
  step: fc.record({ policy, limits, slowestCallMilliseconds: fc.constantFrom(0, 50, 200) }),
  crash: fc.record({ ...death, permille: fc.noBias(fc.nat(999)) }),
});

/**
 * Runs executions until one removes nothing more, once undisturbed and once with a crash in the
 * first of them, and compares what they leave: the same snapshots with the same tags, the same
 * entries in the history, nobody holding a lease, every removal told once.
 *
 * @throws naming every difference, and every law that one of the executions breaks
 */
export async function proveCrashTrial(trial: CrashTrial, tally: Tally): Promise<void> {
  const calm = await runToRest(trial, tally, undefined);
  const { permille, ...how } = trial.crash;
  const count = calm.counts.get(countKey(how.within, how.at)) ?? 0;
  const crash = { ...how, number: 1 + Math.floor((permille * count) / 1000) };
  const crashed = await runToRest(trial, tally, crash);
  const breaches = differences(calm.state, crashed.state);
  // The same execution goes on where the state machine tries the function again.
  const goesOn = crash.dies === 'invocation' && crash.errorName === RETRIED;
  if (goesOn && calm.firstEnding !== crashed.firstEnding) {
    breaches.push(`ended ${crashed.firstEnding} instead of ${calm.firstEnding}`);
  }
  refuse(breaches);
}

async function runToRest(trial: CrashTrial, tally: Tally, crash: Crash | undefined) {
  const stage = await openStage(trial.organization);
  const chapters: Chapter[] = [];
  try {
    const step = deleteStep(trial);
    chapters.push(...(await runStep(stage, { ...step, crash: crash ?? null }, chapters)));
    const counts = new Map(stage.life.counts);
    const first = chapters[0]!;
    do {
      refuse(breachesOf(stage, chapters));
      stage.clock.advance(LEASE_MILLISECONDS);
      const daysLater = step.policy.graceDays;
      chapters.push(...(await runStep(stage, { ...step, daysLater }, chapters)));
      if (chapters.length > MOST_EXECUTIONS) refuse(['it never comes to rest']);
    } while (chapters.length < 3 || chapters.at(-1)?.deletions.length !== 0);
    refuse(breachesOf(stage, chapters));
    countStage(tally, stage, chapters);
    const firstEnding = `${first.status} ${first.summary?.status} ${first.deletions.length}`;
    return { counts, firstEnding, state: await stateOf(stage, chapters) };
  } finally {
    await stage.close();
  }
}

/** Where days have to pass, no snapshot may come of age meanwhile: the two would differ by that. */
function deleteStep({ step }: CrashTrial): Step {
  const { policy: asked } = step;
  return {
    ...step,
    ...ALONE,
    policy: { ...asked, minAgeDays: asked.graceDays > 0 ? 0 : asked.minAgeDays },
    mode: 'delete',
    daysLater: 0,
    override: null,
    leavesOut: { accounts: [], regions: [] },
    appliesPlan: false,
    faults: [],
    acts: [],
    crash: null,
    tampers: 'no',
  };
}

/** What must be the same, by name. */
type State = Readonly<Record<string, readonly string[]>>;

async function stateOf(stage: Stage, chapters: readonly Chapter[]): Promise<State> {
  const { witness, organization: of } = stage;
  const { store } = stage.places.hub;
  const deleted = witness.deletions.map(({ snapshotId }) => snapshotId);
  const removed = chapters.flatMap(({ removals }) =>
    removals.filter(({ outcome }) => outcome === 'REMOVED').map(({ resourceId }) => resourceId),
  );
  const history: string[] = [];
  for await (const key of store.list(historyKeys.staleSincePrefix)) {
    const { entries } = History.parse(JSON.parse((await store.get(key))?.body ?? ''));
    history.push(...Object.keys(entries).map((entry) => `${key} ${entry}`));
  }
  const held: string[] = [];
  for await (const key of store.list('leases/')) {
    const lease = JSON.parse((await store.get(key))?.body ?? '') as {
      released: boolean;
      until: string;
    };
    const isOver = lease.released || Date.parse(lease.until) <= stage.clock.now().getTime();
    if (!isOver) held.push(key);
  }
  const tags = of.accounts.flatMap(({ id, regions }) =>
    regions.flatMap(({ name }) =>
      of
        .estate(id, name)
        .snapshots(0, Number.MAX_SAFE_INTEGER)
        .items.map((one) => `${one.snapshotId} ${JSON.stringify(one.tags)}`),
    ),
  );
  return {
    'left with these tags': tags.toSorted(),
    deleted: deleted.toSorted(),
    'deleted twice': repeated(deleted),
    'told twice': repeated(removed),
    'in the history': history.toSorted(),
    'leases held': held,
  };
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function differences(calm: State, crashed: State): string[] {
  return Object.entries(calm).flatMap(([what, before]) => {
    const after = crashed[what] ?? [];
    const missing = before.filter((one) => !after.includes(one));
    const extra = after.filter((one) => !before.includes(one));
    return [
      ...missing.slice(0, 2).map((one) => `without the crash only, ${what}: ${one}`),
      ...extra.slice(0, 2).map((one) => `with the crash only, ${what}: ${one}`),
    ];
  });
}
