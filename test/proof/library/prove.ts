import type { runOf } from '../../support/kinds/kinds-sweep.ts';
import { DAY_MS } from '../../support/kinds/library/library.ts';
import { refuse } from '../run/prove.ts';
import { Chance } from './chance.ts';
import { type Asked, isUnheard } from './record.ts';
import { isStep, STEP_OF } from './step-judge.ts';
import { LibraryStage } from './stage.ts';
import type { LibraryAct, LibraryTrial } from './trial.ts';

/** What was run, so that nobody takes an empty run for a proof. */
export interface LibraryTally {
  trials: number;
  executions: number;
  restores: number;
  acts: number;
  troubles: number;
  deaths: number;
  /** What orgsweep had done, and what it brought back, by request. */
  done: Record<string, number>;
  /** What a restore told, by result. */
  told: Record<string, number>;
}

export function emptyTally(): LibraryTally {
  const counts = { trials: 0, executions: 0, restores: 0, acts: 0, troubles: 0, deaths: 0 };
  return { ...counts, done: {}, told: {} };
}

const LEASE_MILLISECONDS = 310_000;

/** @throws naming every law that was broken */
export async function proveLibraries(
  trial: LibraryTrial,
  tally: LibraryTally,
  isTold = false,
): Promise<void> {
  const stage = new LibraryStage(trial.shape, new Chance(trial.drawn));
  await stage.open();
  const executions: string[] = [];
  try {
    for (const act of trial.acts) {
      stage.sweep.clock.advance(act.afterDays * DAY_MS);
      if (act.does === 'RUN') await runOnce(stage, executions, act);
      else await restoreOne(stage, executions, act, tally);
      refuse(stage.breaches);
    }
    await restoreAll(stage, executions, tally);
    refuse(stage.breaches);
  } finally {
    if (isTold) console.log(stage.record.lines().join('\n'));
    count(tally, stage, executions);
    await stage.close();
  }
}

async function runOnce(
  stage: LibraryStage,
  executions: string[],
  { permit, death, says }: Extract<LibraryAct, { does: 'RUN' }>,
): Promise<void> {
  const executionId = `execution-${executions.length}`;
  executions.push(executionId);
  const ended = await stage.run(executionId, permit, { death, ...(says && { says }) });
  refuse(breachesOf(stage, executionId, ended));
}

type Ended = Awaited<ReturnType<typeof runOf>>;

/** Whether plan, ledger and what was told agree with what the world saw. */
function breachesOf(
  { record, restores }: LibraryStage,
  executionId: string,
  ended: Ended,
): string[] {
  const breaches: string[] = [];
  const { plan, removals, ledger, summary } = ended;
  const planned = plan?.removals ?? [];
  const own = record.asked.filter(
    (one) => one.executionId === executionId && one.does === 'RUN' && isStep(one.name),
  );
  for (const { id, accountId, name } of own) {
    const isPlanned = planned.some(
      (one) => one.resourceId === id && one.accountId === accountId && one.step === STEP_OF[name],
    );
    if (!isPlanned || plan?.status !== 'READY') breaches.push(`${name} ${id} is in no plan`);
  }
  const names = (all: readonly { accountId: string; resourceId: string }[]) =>
    all
      .map(({ accountId, resourceId }) => `${accountId}/${resourceId}`)
      .toSorted()
      .join(' ');
  if (summary !== null && plan?.status === 'READY' && names(planned) !== names(removals))
    breaches.push(`planned ${names(planned)}, told ${names(removals)}`);
  const settled = ledger.flatMap(({ outcome }) => outcome ?? []);
  for (const { resourceId: id, accountId, outcome, reasons } of [...settled, ...removals]) {
    const asked = own.filter((one) => one.id === id && one.accountId === accountId);
    const isDone = outcome === 'STEP_DONE' || outcome === 'REMOVED';
    const say = (what: string) =>
      breaches.push(`${id} in ${accountId} ${what}: ${outcome} ${reasons.join(' ')}`);
    // Gone or changed after a request that nobody answered, it counts as this execution's.
    const mayBe = (one: Asked) => one.isDone || isUnheard(one) || restores.mayBeTakenForOurs(one);
    if (isDone && !asked.some(mayBe)) say('was not done');
    if (!isDone && asked.some(({ fate, isDone: was }) => was && fate === 'DONE')) say('was done');
  }
  return breaches.map((breach) => `${executionId}: ${breach}`);
}

async function restoreOne(
  stage: LibraryStage,
  executions: readonly string[],
  { pick, isDry, isNamed, death }: Extract<LibraryAct, { does: 'RESTORE' }>,
  tally: LibraryTally,
): Promise<void> {
  const executionId = executions[pick % executions.length];
  if (executionId === undefined) return;
  const done = stage.record.asked.filter(
    (one) => one.executionId === executionId && one.does === 'RUN' && one.isDone,
  );
  const named = isNamed
    ? [...new Set(done.filter(({ name }) => isStep(name)).map(({ id }) => id))]
    : [];
  const told = await stage.restore(executionId, { isDry, named, death });
  tally.restores += 1;
  for (const { result } of told ?? []) tally.told[result] = (tally.told[result] ?? 0) + 1;
}

/** In peace, the newest first: all that nobody touched since has to come back, and once. */
async function restoreAll(
  stage: LibraryStage,
  executions: readonly string[],
  tally: LibraryTally,
): Promise<void> {
  stage.isQuiet = true;
  const breaches: string[] = [];
  for (const executionId of executions.toReversed()) {
    stage.sweep.clock.advance(LEASE_MILLISECONDS);
    const foretold = (await stage.restore(executionId, { isDry: true })) ?? [];
    const told = (await stage.restore(executionId)) ?? [];
    for (const { result } of told) tally.told[result] = (tally.told[result] ?? 0) + 1;
    tally.restores += 1;
    breaches.push(...stage.restores.missedBy(told, executionId));
    const idsOf = (all: typeof told, ...results: string[]) =>
      all.flatMap(({ place, resourceId, result }) =>
        results.includes(result) ? `${place?.accountId}/${resourceId}` : [],
      );
    const [can, did] = [idsOf(foretold, 'RESTORABLE'), idsOf(told, 'RESTORED')];
    if (did.some((id) => !can.includes(id)))
      breaches.push(`restore of ${executionId}: foretold ${can.join()}, did ${did.join()}`);
    const after = JSON.stringify(stage.world.state());
    const again = (await stage.restore(executionId)) ?? [];
    if (JSON.stringify(stage.world.state()) !== after)
      breaches.push(`restore of ${executionId}: a second one changes something`);
    const more = idsOf(again, 'RESTORED');
    if (more.length > 0)
      breaches.push(`restore of ${executionId}: a second one restores ${more.join()}`);
  }
  refuse(breaches);
}

function count(tally: LibraryTally, stage: LibraryStage, executions: readonly string[]): void {
  tally.trials += 1;
  tally.executions += executions.length;
  tally.acts += stage.others.acts;
  tally.troubles += stage.troubles;
  tally.deaths += stage.mortal.deaths;
  for (const { name, isDone } of stage.record.asked)
    if (isDone) tally.done[name] = (tally.done[name] ?? 0) + 1;
}
