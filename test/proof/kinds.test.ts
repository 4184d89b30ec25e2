import fc from 'fast-check';
import { LAMP, type LampStep, LampWorld, WAIT_DAYS } from './made-up/lamps.ts';
import { Chance } from './made-up/chance.ts';
import { chosen, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { prove, refuse } from './run/prove.ts';
import { AT_ONCE } from '../support/removal-sweep.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../support/kinds/kinds-sweep.ts';

interface LampTrial {
  readonly lamps: number;
  readonly isTogether: boolean;
  /** One execution each: so many days after the one before. */
  readonly afterDays: readonly number[];
  readonly drawn: fc.Stream<number>;
}

const trials: fc.Arbitrary<LampTrial> = fc.record({
  lamps: fc.integer({ min: 1, max: 12 }),
  isTogether: fc.boolean(),
  afterDays: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 8 }),
  drawn: fc.infiniteStream(fc.nat()),
});

const ALL_STEPS = Object.keys(WAIT_DAYS).map((step) => `${LAMP}:${step}`);
const DAY_MS = 86_400_000;
const steps: Partial<Record<LampStep, number>> = {};
let requestsOfSeveral = 0;

async function proveLamps({ lamps, isTogether, afterDays, drawn }: LampTrial): Promise<void> {
  let now = () => 0;
  const world = new LampWorld(lamps, isTogether, new Chance(drawn), () => now());
  const sweep = await openKindsSweep([world.kind()]);
  try {
    now = () => sweep.clock.now().getTime();
    for (const [at, days] of afterDays.entries()) {
      sweep.clock.advance(days * DAY_MS);
      await runOnce(sweep, world, `execution-${at}`);
    }
  } finally {
    requestsOfSeveral += world.requestsOfSeveral;
    await sweep.close();
  }
}

async function runOnce(sweep: KindsSweep, world: LampWorld, executionId: string): Promise<void> {
  world.executionId = executionId;
  const { plan, removals } = await runOf(sweep, executionId, {
    ...{ kinds: [LAMP], remove: [LAMP], policy: { ...AT_ONCE, allowIrreversible: ALL_STEPS } },
  });
  const breaches = [...world.breaches];
  const planned = plan?.removals ?? [];
  const changed = world.changes.filter((change) => change.executionId === executionId);
  for (const { id, step } of changed) {
    steps[step] = (steps[step] ?? 0) + 1;
    if (!planned.some((one) => one.resourceId === id && one.step === step))
      breaches.push(`${step} ${id} is in no plan`);
  }
  const idsOf = (all: readonly { resourceId: string }[]) =>
    all.map(({ resourceId }) => resourceId).toSorted();
  if (String(idsOf(planned)) !== String(idsOf(removals)))
    breaches.push(`planned ${String(idsOf(planned))}, told ${String(idsOf(removals))}`);
  for (const { resourceId, step, outcome, reasons } of removals) {
    const own = changed.filter(({ id }) => id === resourceId);
    const isDone = outcome === 'STEP_DONE' || outcome === 'REMOVED';
    const say = (what: string) =>
      breaches.push(`${step} ${resourceId} ${what}: ${outcome} ${reasons.join(' ')}`);
    // Gone after a request that nobody answered, it counts as this execution's.
    const mayBeOurs = world.unanswered.some(
      (one) => one.id === resourceId && one.executionId === executionId,
    );
    if (isDone && own.length === 0 && !mayBeOurs) say('was not done');
    if (!isDone && own.some(({ isAnswered }) => isAnswered)) say('was done');
    if (outcome === 'REMOVED' && world.isThere(resourceId)) say('is there');
  }
  refuse(breaches.map((breach) => `${executionId}: ${breach}`));
}

it(
  'whatever others do to it: a step is taken after the one before it, of what is unused, as it was planned, and told',
  async () => {
    await prove(trials, proveLamps, chosen('test/proof/kinds.test.ts', 25));
    // An empty run proves nothing.
    expect(requestsOfSeveral).toBeGreaterThan(0);
    expect(Object.keys(steps).toSorted()).toEqual(['photograph', 'remove', 'switch-off']);
  },
  TIMEOUT_MILLISECONDS,
);
