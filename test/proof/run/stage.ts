import type { SimFault } from '../../../simulation/model/fault.ts';
import type { SimOrganization } from '../../../simulation/model/organization.ts';
import { startSimulation } from '../../../simulation/server.ts';
import type { Restored } from '../../../steps/restore/restored.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { SNAPSHOTS } from '../../support/simulated-sweep.ts';
import { NOW } from '../../support/manual-clock.ts';
import type { Life } from './life.ts';
import { organizationOf, visibleEstates } from '../trial/organization.ts';
import { makePlace, type Place, type PlaceName } from '../trial/place.ts';
import { type Ended, openRunner, type Runner } from './runner.ts';
import type { OrganizationShape, Step } from '../trial/trial.ts';
import { type Lane, VirtualTime } from './virtual-time.ts';
import { Witness } from '../laws/witness.ts';
import { type Forged, Writer } from './writer.ts';

const DAY_MS = 86_400_000;

/** A lease that nobody gave back runs out. */
export const LEASE_MILLISECONDS = 121_000;

/** The lane of an execution that runs alone, and of the first of two. */
const MAIN_LANE = 'main';
const SECOND_LANE = 'second';

/** One execution that a step asks for. */
export interface Run {
  readonly executionId: string;
  readonly lane: Lane;
  readonly place: PlaceName;
  readonly step: Step;
  readonly input: object;
  readonly afterMilliseconds: number;
}

/**
 * A simulated organization with orgsweep beside it: the real state machine, functions and SDK
 * clients, over loopback. One thing happens at a time, and time passes only where somebody waits.
 */
export interface Stage {
  readonly shape: OrganizationShape;
  readonly organization: SimOrganization;
  /** AWS's. */
  readonly clock: VirtualTime;
  readonly places: Readonly<Record<PlaceName, Place>>;
  readonly witness: Witness;
  /** Of the machine in the main lane. */
  readonly life: Life;
  /** Volumes that were restored, by how. */
  readonly returned: Record<string, number>;
  /** Executions of which something was restored. */
  readonly broughtBack: ReadonlySet<string>;
  /** Every file that somebody changed so far. */
  readonly forged: readonly (Forged & { readonly place: PlaceName })[];
  /** Carries out a step: its execution, and the one beside it. */
  run(runs: readonly Run[]): Promise<readonly Ended[]>;
  /** Brings back all that an execution removed, with nobody and nothing in the way. */
  restore(executionId: string, place: PlaceName): Promise<readonly Restored[]>;
  close(): Promise<void>;
}

export function lanesOf(step: Step): { lane: Lane; place: PlaceName; step: Step; after: number }[] {
  const { beside } = step;
  const main = { lane: MAIN_LANE, place: 'hub' as const, step, after: 0 };
  if (beside === null) return [main];
  const after = beside.secondsLater * 1000;
  return [main, { lane: SECOND_LANE, place: beside.place, step: beside.step, after }];
}

/** Which orgsweep looks at: others would have nothing to find, and take their time. */
function kindsOf({ volumes, amis }: OrganizationShape): readonly Kind[] {
  if (volumes) return KINDS;
  return amis ? KINDS.filter(({ kind }) => kind !== 'ebs-volume') : SNAPSHOTS;
}

export async function openStage(shape: OrganizationShape): Promise<Stage> {
  const time = new VirtualTime(NOW);
  const organization = organizationOf(shape, NOW);
  const estates = visibleEstates(organization);
  const { seed } = shape;
  const witness = new Witness({ clock: time, estates, seed });
  const onBeforeCall = (call: Parameters<Witness['see']>[0]) => witness.see(call);
  const simulation = await startSimulation({ organization, clock: time, seed, onBeforeCall });
  const places = { hub: makePlace('hub'), laptop: makePlace('laptop') };
  const forged: (Forged & { place: PlaceName })[] = [];
  const broughtBack = new Set<string>();
  const runners = new Map<string, Runner>();
  const writers = new Map<PlaceName, Writer>();
  const runnerOf = async (lane: Lane, name: PlaceName): Promise<Runner> => {
    const key = `${lane} ${name}`;
    const kinds = kindsOf(shape);
    const of = { lane, place: places[name], time, simulation, witness, seed, kinds };
    const runner =
      runners.get(key) ?? (await openRunner({ ...of, writer: () => writers.get(name) }));
    runners.set(key, runner);
    return runner;
  };
  const main = await runnerOf(MAIN_LANE, 'hub');
  return {
    shape,
    organization,
    clock: time,
    places,
    witness,
    life: main.life,
    returned: {},
    broughtBack,
    forged,
    run: async (runs) => {
      const [first] = runs;
      if (first === undefined) return [];
      const faults = first.step.faults.map((fault) => toSimFault(fault, estates));
      time.advance(first.step.daysLater * DAY_MS);
      // A Recycle Bin lets go of volumes and AMIs, and a protection ends.
      witness.learnAll();
      const machines = new Map<Run, Runner>();
      for (const run of runs) machines.set(run, await runnerOf(run.lane, run.place));
      witness.begin(first.step, faults);
      simulation.setFaults(faults);
      startWriters(runs);
      const ended = new Map<Run, Ended>();
      await time.together(
        runs.map((run) => ({
          lane: run.lane,
          after: run.afterMilliseconds,
          work: async () => {
            const { executionId, step, input } = run;
            ended.set(run, await machines.get(run)!.run(executionId, step, input));
          },
        })),
      );
      witness.settle();
      for (const [place, writer] of writers)
        if (writer.forged) forged.push({ ...writer.forged, place });
      writers.clear();
      return runs.map((run) => ended.get(run)!);
    },
    restore: async (executionId, place) => {
      // Who died may have held the lease.
      time.advance(LEASE_MILLISECONDS);
      broughtBack.add(executionId);
      witness.begin(null, []);
      simulation.setFaults([]);
      return (await runnerOf(MAIN_LANE, place)).restore(executionId);
    },
    close: async () => {
      for (const runner of runners.values()) runner.close();
      await simulation.close();
    },
  };

  /** One for each place; of two executions there the first one's. */
  function startWriters(runs: readonly Run[]): void {
    for (const { place, step } of runs) {
      if (step.forgery === null || writers.has(place)) continue;
      const here = runs.filter((run) => run.place === place);
      const executionIds = here.map(({ executionId }) => executionId);
      const of = { place: places[place], shape: step.forgery, executionIds };
      writers.set(place, new Writer({ ...of, now: () => time.now() }));
    }
  }
}

function toSimFault(
  { operation, target, from, count, answer }: Step['faults'][number],
  estates: readonly { accountId: string; region: string }[],
): SimFault {
  const place = target === null ? undefined : estates[target % estates.length];
  return {
    operation,
    answer,
    calls: { from, to: from + count - 1 },
    ...(place && { accountId: place.accountId, region: place.region }),
  };
}
