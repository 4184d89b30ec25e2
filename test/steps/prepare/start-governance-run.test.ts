import { makeManualClock } from '../../support/manual-clock.ts';
import type { DeployedMachine } from '../../../aws/hub/deployed-machine.ts';
import { GovernanceEvent } from '../../../core/input/governance.ts';
import type { Message } from '../../../report/message/text.ts';
import { startGovernanceRun } from '../../../steps/prepare/start-governance-run.ts';

const NOW = new Date('2026-11-23T06:10:00Z');
const DUE = { scheduledTime: '2026-11-23T06:00:00Z', input: { mode: 'report' } };

interface Past {
  running?: Record<string, string>;
  succeeded?: Record<string, string>;
  exists?: boolean;
}

/** A machine with executions by name and start, newest first. */
function aMachine({ running = {}, succeeded = {}, exists = false }: Past) {
  const started: [string, unknown][] = [];
  const told: string[] = [];
  const machine: DeployedMachine = {
    list: async function* (status) {
      const listed = status === 'RUNNING' ? running : succeeded;
      for (const [name, at] of Object.entries(listed)) yield { name, startedAt: new Date(at) };
    },
    start: async (name, input) => {
      if (exists) return 'EXISTS';
      started.push([name, input]);
      return 'STARTED';
    },
    deployedAt: async () => new Date('2026-11-20T12:00:00Z'),
  };
  const deps = {
    machine,
    clock: makeManualClock(NOW),
    notify: async ({ subject, body }: Message) => void told.push(`${subject}\n${body}`),
  };
  return { started, told, run: async (event: GovernanceEvent) => startGovernanceRun(deps, event) };
}

it('starts the governance run under the name of the day it was due', async () => {
  const { run, started, told } = aMachine({
    running: { '20261123T050000-report-a1b2c3': DUE.scheduledTime },
  });
  await expect(run(DUE)).resolves.toEqual({
    status: 'STARTED',
    executionId: 'governance-2026-11-23',
  });
  expect(started).toEqual([['governance-2026-11-23', { mode: 'report' }]]);
  expect(told).toEqual([]);
});

it.each<[string, Past]>([
  ['still runs', { running: { 'governance-2026-11-23': '2026-11-23T06:00:05Z' } }],
  ['has ended', { exists: true }],
])('starts nothing for a delivery that comes twice, when the first one %s', async (_, past) => {
  const { run, started, told } = aMachine(past);
  await expect(run(DUE)).resolves.toMatchObject({ status: 'ALREADY_STARTED' });
  expect([...started, ...told]).toEqual([]);
});

it('starts nothing while an earlier governance run is going on, and says so', async () => {
  const { run, started, told } = aMachine({
    running: { 'governance-2026-11-16': '2026-11-16T06:00:05Z' },
  });
  await expect(run(DUE)).resolves.toEqual({
    status: 'SKIPPED',
    executionId: 'governance-2026-11-23',
    running: 'governance-2026-11-16',
  });
  expect(started).toEqual([]);
  expect(told).toEqual([
    expect.stringMatching(/^SKIPPED orgsweep: governance-2026-11-16 is still/),
  ]);
  expect(told[0]?.split('\n')[0]?.length).toBeLessThan(100);
});

describe('the daily watch', () => {
  it.each<[string, Past, number]>([
    [
      'counts from the newest governance run that succeeded',
      {
        succeeded: {
          'on-demand': '2026-11-23T05:00:00Z',
          'governance-2026-11-14': '2026-11-14T06:00:00Z',
          'governance-2026-11-07': '2026-11-07T06:00:00Z',
        },
      },
      9,
    ],
    [
      'counts from the deployment, before there was one',
      { running: { 'governance-2026-11-23': DUE.scheduledTime } },
      2,
    ],
  ])('%s', async (_, past, days) => {
    const { run, started } = aMachine(past);
    await expect(run({ watch: true })).resolves.toEqual({
      status: 'WATCHED',
      daysSinceGovernanceRun: days,
    });
    expect(started).toEqual([]);
  });
});

it.each([{}, { watch: false }, { scheduledTime: 'monday', input: {} }, { ...DUE, watch: true }])(
  'refuses %j',
  (event) => expect(GovernanceEvent.safeParse(event).success).toBe(false),
);
