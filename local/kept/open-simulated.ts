import { fastClock } from '../../clock/clock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import { z } from 'zod';
import { historyKeys } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';
import { openKept } from './kept-organization.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';
import { findScenario } from './scenario.ts';

/** orgsweep and the simulated organization share a clock in which a minute of waiting is six seconds. */
const SPEED = 10;

/** What of a command's arguments says which one. */
export interface SimulatedArguments {
  readonly keep?: string | undefined;
  readonly afterMilliseconds?: number | undefined;
  readonly scenario?: string | undefined;
  readonly out: string;
}

/**
 * The one that `--keep` names, which a run may begin; else one that lasts as long as this process.
 *
 * @throws {InvalidInput}
 */
export async function openSimulated(
  { keep, afterMilliseconds, scenario, out }: SimulatedArguments,
  mayBegin: 'MAY_BEGIN' | 'IS_THERE',
): Promise<SimulatedOrganization> {
  const birth = async () => startFor(out);
  if (keep !== undefined) {
    const after = { afterMilliseconds: afterMilliseconds ?? 0, speed: SPEED };
    const begin = mayBegin === 'MAY_BEGIN' ? { scenario, birth } : {};
    return openKept({ keep, ...after, ...begin });
  }
  const found = findScenario(scenario);
  const clock = fastClock(await birth(), SPEED);
  return {
    scenario: found,
    organization: found.build(clock.now()),
    clock,
    close: async () => undefined,
  };
}

/** All that is asked of a timeline. */
const TimelineFile = z.looseObject({
  points: z.array(z.looseObject({ finishedAt: z.iso.datetime() })),
});

/**
 * Now, or when the last execution in the folder ended, if that is later: the clock of that one was
 * as fast, and what comes after it must not begin before its end.
 */
async function startFor(out: string): Promise<Date> {
  const stored = await makeFolderStore(out).get(historyKeys.timeline);
  const { data } = TimelineFile.safeParse(parseJson(stored?.body ?? ''));
  const ends = data?.points.map(({ finishedAt }) => Date.parse(finishedAt)) ?? [];
  // The ids of executions tell whole seconds.
  return new Date(Math.max(Date.now(), ...ends.map((end) => end + 1_000)));
}
