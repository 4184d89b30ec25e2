import { systemClock } from '../../clock/clock.ts';
import { hubOption } from '../../core/input/hub-name.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { commandLine } from '../../report/commands/commands.ts';
import { readConfig } from '../../infra/config/config.ts';
import { hubNames } from '../../infra/config/hub-names.ts';
import type { Scenario } from '../../simulation/model/organization.ts';
import { readTextFile } from '../arguments/execution-input.ts';
import { findScenario, isScenarioFile } from '../kept/scenario.ts';
import { inputOption, type Served } from '../kept/served.ts';
import type { SimulateArguments } from '../arguments/simulate-arguments.ts';
import { type Deployed, PEOPLE, type SimulatedHubs, startSimulatedHub } from './simulated-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { canBeSaved, keysGiven, toConfigs, writtenConfigs } from './configurations.ts';
import { onSaved } from './saved.ts';
import { staysAsItWas } from './world.ts';

/** Retries of the state machine wait a tenth as long as in AWS; everything else takes its time. */
const RETRY_SPEED = 10;

/** Keys that a simulated hub takes no notice of. */
const NOT_SIMULATED =
  'dashboard externalId governance notifications people reservedConcurrency retention stackSets'.split(
    ' ',
  );

/**
 * Serves an organization in which hubs are deployed. A configuration or a scenario that is saved
 * meanwhile is deployed, or becomes so.
 *
 * @throws {InvalidInput}
 */
export async function serveHub(args: SimulateArguments, terminal: Terminal): Promise<Served> {
  const { config, port, enableDeletion } = args;
  const scenario = findScenario(args.scenario);
  const written = config === undefined ? [] : writtenConfigs(config);
  const configs =
    config === undefined
      ? [readConfig({ deletion: { enabled: enableDeletion } })]
      : toConfigs(written);
  const hubs = await startSimulatedHub({
    ...{ scenario, enableDeletion, port, configs },
    clock: systemClock,
    rollsOut: config !== undefined,
    retryWait: (seconds) => (seconds * 1000) / RETRY_SPEED,
  });
  const stops = [
    ...(config !== undefined && canBeSaved(config) ? [deploying(config, hubs, terminal)] : []),
    ...(isFile(args.scenario) ? [becoming(args.scenario, scenario, hubs, terminal)] : []),
  ];
  return {
    simulation: hubs.simulation,
    scenario,
    lines: [
      ...hubs.deployed.flatMap(linesOf),
      ...notSimulated(keysGiven(written)),
      ...linesAbout(scenario, terminal.program),
    ],
    close: async () => {
      for (const stop of stops) stop();
      await hubs.simulation.close();
    },
  };
}

function deploying(given: string, hubs: SimulatedHubs, terminal: Terminal): () => void {
  const read = () => writtenConfigs(given, true);
  return onSaved(
    () => JSON.stringify(read()),
    () => telling(terminal, () => hubs.deploy(toConfigs(read())).flatMap(linesOf)),
  );
}

function becoming(
  file: string,
  begun: Scenario,
  hubs: SimulatedHubs,
  terminal: Terminal,
): () => void {
  return onSaved(
    () => readTextFile('--scenario', file),
    () =>
      telling(terminal, () => {
        hubs.become(staysAsItWas(findScenario(file), begun, file));
        return [`# The organization is as ${file} has it now.`];
      }),
  );
}

/** What can't be taken is told, and all stays as it was. */
function telling({ stdout, stderr }: Terminal, change: () => readonly string[]): void {
  try {
    stdout(
      change()
        .map((line) => `${line}\n`)
        .join(''),
    );
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    stderr(`orgsweep: ${error.message}. Everything stays as it was.\n`);
  }
}

const SAID: Readonly<Record<Deployed['what'], string>> = {
  DEPLOYED: 'is deployed',
  DEPLOYED_AGAIN: 'is deployed again',
  DESTROYED: 'is destroyed',
};

function linesOf({ what, config, hub, sealKeyArn }: Deployed): readonly string[] {
  const name = hubNames(config.prefix).parameter;
  const kept = what === 'DESTROYED' ? 'These stay: bucket' : 'Bucket';
  return [
    `# The hub ${config.prefix} (${hubOption(name)}) ${SAID[what]}: ${hub.stateMachineArn}`,
    `#   ${kept} ${hub.bucket}, key ${sealKeyArn}`,
  ];
}

function notSimulated(keys: readonly string[]): readonly string[] {
  const given = keys.filter((key) => NOT_SIMULATED.includes(key));
  return given.length === 0 ? [] : [`# Not simulated, of its configuration: ${given.join(', ')}`];
}

function linesAbout({ input }: Scenario, program?: string): readonly string[] {
  return [
    `# Set these in another terminal, and there: ${commandLine(['start', '--watch', ...inputOption(input)], program)}`,
    '# Its keys may do everything. These may only assume one role each:',
    ...Object.entries(PEOPLE).map(
      ([role, { accessKeyId, secretAccessKey }]) =>
        `#   orgsweep-${role}: AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    ),
  ];
}

function isFile(scenario: string | undefined): scenario is string {
  return scenario !== undefined && isScenarioFile(scenario);
}
