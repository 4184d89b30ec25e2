import { isDeepStrictEqual } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { type AppendFile, openToAppend } from '../../store/folder/append-file.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { fingerprintOf } from '../../simulation/fingerprint.ts';
import type { Scenario, SimOrganization } from '../../simulation/model/organization.ts';
import { parseJson } from '../../store/stored-json.ts';
import { readTextFile } from '../arguments/execution-input.ts';
import { findScenario, isScenarioFile, scenarioInText } from './scenario.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';
import { makeKeptClock } from './kept-clock.ts';
import type { KeptHeader, KeptLine, KeptState } from './kept-file.ts';
import { beginFile, type KeptFolder, otherVersion, readState, takeFolder } from './kept-folder.ts';

export interface KeepOptions {
  /** The folder, as it was given. */
  readonly keep: string;
  readonly scenario?: string | undefined;
  /** By how much its clock is moved forward before anything else. */
  readonly afterMilliseconds: number;
  /** How many times as fast as the machine's its clock runs. */
  readonly speed: number;
  /** When one that is begun now is born; left out: it must have been begun before. */
  readonly birth?: () => Promise<Date>;
}

/**
 * The organization that is kept in a folder, as it was left: what it was born as, with every change
 * since. Its clock goes on where it stopped.
 *
 * @throws {InvalidInput} where there is none, or it can't be opened; then nothing is changed
 */
export async function openKept(options: KeepOptions): Promise<SimulatedOrganization> {
  const { keep, birth } = options;
  const folder = await takeFolder(keep, birth !== undefined);
  try {
    return await openIn(folder, options);
  } catch (error) {
    if (folder.state === undefined) folder.undo();
    folder.lock.release();
    throw error;
  }
}

async function openIn(folder: KeptFolder, options: KeepOptions): Promise<SimulatedOrganization> {
  const { keep, scenario: named, afterMilliseconds, speed, birth } = options;
  const isNew = folder.state === undefined;
  const scenario =
    folder.state === undefined ? findScenario(named) : scenarioOf(folder.state.header, named);
  const bornAt = folder.state === undefined ? await birth!() : new Date(folder.state.header.bornAt);
  const organization = buildAsBorn(scenario, bornAt, folder.state?.header, keep);
  if (isNew) await beginFile(folder.path, headerOf(scenario, named, bornAt));
  const state = folder.state ?? readState(keep, folder.file);
  const file = openToAppend(folder.file);
  file.cutTo(state.length);
  return serveKept({
    folder,
    file,
    state,
    scenario,
    organization,
    isNew,
    afterMilliseconds,
    speed,
  });
}

interface Opened {
  readonly folder: KeptFolder;
  readonly file: AppendFile;
  readonly state: KeptState;
  readonly scenario: Scenario;
  readonly organization: SimOrganization;
  readonly isNew: boolean;
  readonly afterMilliseconds: number;
  readonly speed: number;
}

function serveKept(opened: Opened): SimulatedOrganization {
  const { folder, file, state, scenario, organization } = opened;
  const before = file.length();
  let isChanged = false;
  const append = (line: KeptLine) => {
    folder.lock.assertHeld();
    file.append(`${JSON.stringify(line)}\n`);
  };
  const start = new Date(state.reached.getTime() + opened.afterMilliseconds);
  append({ openedAt: start.toISOString() });
  const clock = makeKeptClock(start, opened.speed, (upTo) =>
    append({ clockUpTo: upTo.toISOString() }),
  );
  return {
    scenario,
    organization,
    clock,
    keptIn: folder.path,
    opening: state.openings,
    journal: {
      before: state.changes,
      note: ({ at, change }) => {
        append({ at: at.toISOString(), change });
        isChanged = true;
      },
      settle: file.settle,
    },
    close: async (ending) => {
      const now = clock.stop();
      if (ending === 'AS_IF_NEVER' && !isChanged) {
        file.cutTo(before);
        file.close();
        if (opened.isNew) folder.undo();
      } else {
        append({ closedAt: now.toISOString() });
        await file.settle();
        file.close();
      }
      folder.lock.release();
    },
  };
}

function headerOf(scenario: Scenario, named: string | undefined, bornAt: Date): KeptHeader {
  const isFile = named !== undefined && isScenarioFile(named);
  return {
    format: 'orgsweep simulated organization',
    formatVersion: 1,
    orgsweep: packageJson.version,
    scenario: isFile ? { file: readTextFile('--scenario', named) } : { name: scenario.name },
    bornAt: bornAt.toISOString(),
    ...(scenario.amounts && { amounts: { ...scenario.amounts } }),
    fingerprint: fingerprintOf(scenario.build(bornAt)),
  };
}

/** The scenario that it was begun with. @throws {InvalidInput} where another one is asked for */
function scenarioOf({ scenario: begun }: KeptHeader, named: string | undefined): Scenario {
  const scenario = 'name' in begun ? findScenario(begun.name) : scenarioInText(begun.file);
  if (named === undefined) return scenario;
  const isSame = isScenarioFile(named)
    ? 'file' in begun && isSameJson(begun.file, readTextFile('--scenario', named))
    : 'name' in begun && begun.name === named;
  if (isSame) return scenario;
  const one = 'name' in begun ? `"${begun.name}"` : 'the file that it was begun with';
  throw new InvalidInput(
    fault('--scenario', named, `${one}, or none: that is what --keep began with`),
  );
}

function isSameJson(one: string, other: string): boolean {
  return isDeepStrictEqual(parseJson(one), parseJson(other));
}

/** @throws {InvalidInput} where this version makes up something else than the one that began it */
function buildAsBorn(
  scenario: Scenario,
  bornAt: Date,
  header: KeptHeader | undefined,
  keep: string,
): SimOrganization {
  if (header === undefined) return scenario.build(bornAt);
  const build = () => scenario.build(bornAt, header.amounts ?? {});
  if (fingerprintOf(build()) !== header.fingerprint) throw otherVersion(keep, header.orgsweep);
  return build();
}
