import {
  afterGraceCommand,
  applyCommand,
  commandLine,
  restoreCommand,
  startCommand,
} from '../../../report/commands/commands.ts';

import { wordsOf } from '../../../kinds/in-words.ts';
import { ExecutionInput, KINDS } from '../../../kinds/registry.ts';

const asked = (input: unknown) => ({ ...ExecutionInput.parse(input), basedOn: null });

const folder = '/home/ada/my sweeps';
const ran = {
  executionId: 'e-1',
  location: `${folder}/executions/e-1/`,
  hubName: null,
  startedBy: null,
  simulated: false,
  input: asked({}),
  words: wordsOf(KINDS),
};
const started = { ...ran, startedBy: { program: 'node /o/bin/orgsweep.mjs', options: [] } };
const out = `--out '${folder}'`;

it('is a word to the shell for each word given, by the name of the program or by its file', () => {
  expect(commandLine(['explain', 'snap-1', '', 'a b'])).toBe("orgsweep explain snap-1 'a b'");
  expect(commandLine(['watch', 'e-1'], 'node /o/bin/orgsweep.mjs')).toBe(
    'node /o/bin/orgsweep.mjs watch e-1',
  );
});

it('leads to the folder of a local run, whatever folder it is typed in, by the program that ran', () => {
  const program = 'node /o/bin/orgsweep.mjs';
  expect(restoreCommand(started)).toBe(`${program} restore e-1 ${out}`);
  expect(startCommand(started, ['--retry', 'e-1'])).toEqual({
    lead: 'Command',
    command: `${program} run --retry e-1 ${out}`,
  });
  expect(applyCommand(started).command).toBe(
    `${program} run --mode delete --plan e-1 --enable-deletion ${out}`,
  );
});

it('starts a local run again as it was started: organization, scenario, account and roles', () => {
  const options = ['--simulated', '--scenario', 'bad-day', '--self', '--role-name', 'looks'];
  const again = { ...ran, startedBy: { program: 'orgsweep', options } };
  expect(startCommand(again, ['--retry', 'e-1']).command).toBe(
    `orgsweep run --simulated --scenario bad-day --self --role-name looks --retry e-1 ${out}`,
  );
  expect(restoreCommand(again)).toBe(`orgsweep restore e-1 --self ${out}`);
});

it('says what it cannot know of a run of an earlier version', () => {
  expect(startCommand({ ...ran, simulated: true }, ['--retry', 'e-1'])).toEqual({
    lead: 'Command, plus the options that this run was started with',
    command: `orgsweep run --simulated --retry e-1 ${out}`,
  });
});

it('leads to the hub, by the name of the program alone: who reads it may be anywhere', () => {
  const onHub = { ...ran, hubName: '/team/hub' };
  expect(restoreCommand(onHub)).toBe('orgsweep restore e-1 --hub=/team/hub');
  expect(restoreCommand({ ...onHub, hubName: '/orgsweep/hub' })).toBe('orgsweep restore e-1 --hub');
  expect(startCommand(onHub, ['--retry', 'e-1'])).toEqual({
    lead: 'Command',
    command: 'orgsweep start --retry e-1 --hub=/team/hub',
  });
  expect(applyCommand(onHub, 'required').command).toBe(
    `orgsweep start --input '{"mode":"delete","approval":"required","plan":"e-1"}' --hub=/team/hub`,
  );
});

it('says again what was looser than the defaults, or a part of the plan would be held', () => {
  const input = asked({
    policy: { graceDays: 0, minAgeDays: 60, protectTags: ['Retain'], skipReferences: [] },
    policyOverrides: [
      { accounts: ['111122223333'], policy: { allowLastCopy: true, neverRemove: false } },
      { accounts: ['444455556666'], policy: { graceDays: 30 } },
    ],
    limits: { maxRemovals: 9000, maxStalePercent: 50, minReferencePercent: 0 },
  });
  const looser = {
    policy: { graceDays: 0 },
    policyOverrides: [{ accounts: ['111122223333'], policy: { allowLastCopy: true } }],
    limits: { maxRemovals: 9000, minReferencePercent: 0 },
  };
  const onHub = { ...ran, hubName: '/orgsweep/hub', input };
  expect(applyCommand(onHub).command).toBe(
    `orgsweep start --mode delete --plan e-1 --input '${JSON.stringify(looser)}' --hub`,
  );
  expect(applyCommand(onHub, 'required').command).toBe(
    `orgsweep start --input '${JSON.stringify({ mode: 'delete', approval: 'required', plan: 'e-1', ...looser })}' --hub`,
  );
  const local = applyCommand({ ...started, input }).command;
  expect(local).toContain(`--plan e-1 --input '${JSON.stringify(looser)}' --enable-deletion`);
  // Its scenario has its own.
  const simulated = { ...ran, startedBy: { program: 'orgsweep', options: ['--simulated'] } };
  expect(applyCommand({ ...simulated, input }).command).not.toContain('--input');
});

it('knows folders as Windows writes them, and none from a path that ends otherwise', () => {
  const windows = { ...ran, location: 'C:\\ada\\out\\executions\\e-1' };
  expect(restoreCommand(windows)).toBe("orgsweep restore e-1 --out 'C:\\ada\\out'");
  expect(restoreCommand({ ...ran, location: '/executions/e-2' })).toBe('orgsweep restore e-1');
});

it('promises no way back from a simulated organization that ended with the run', () => {
  expect(restoreCommand({ ...ran, simulated: true })).toBeNull();
});

describe('a run on a simulated organization that is kept', () => {
  const options = ['--simulated', '--keep', folder];
  const kept = { ...ran, startedBy: { program: 'orgsweep', options } };
  const keep = `--keep '${folder}'`;

  it('is led back to by --keep, which has its files, too', () => {
    expect(restoreCommand(kept)).toBe(`orgsweep restore e-1 ${keep}`);
    expect(applyCommand(kept).command).toBe(
      `orgsweep run --simulated ${keep} --mode delete --plan e-1 --enable-deletion`,
    );
  });

  it('names both folders where they differ', () => {
    const elsewhere = { ...kept, location: '/o/executions/e-1' };
    expect(restoreCommand(elsewhere)).toBe(`orgsweep restore e-1 ${keep} --out /o`);
  });

  it('can be brought to the end of the grace by a command, and no other run can', () => {
    expect(afterGraceCommand(kept, 14)?.command).toBe(
      `orgsweep run --simulated ${keep} --after 14d --mode delete --enable-deletion`,
    );
    expect(afterGraceCommand(started, 14)).toBeUndefined();
  });

  it('is brought there to do what its report told: where it looked, and by which policy', () => {
    const given = {
      scope: { accounts: ['111122223333'], regions: ['eu-west-1'] },
      policy: { minAgeDays: 90, kinds: { 'ebs-volume': { allowNoCopy: true } } },
      policyOverrides: [{ accounts: ['111122223333'], policy: { graceDays: 30 } }],
      limits: { maxRemovals: 5 },
    };
    const { command = '' } = afterGraceCommand({ ...kept, input: asked(given) }, 14) ?? {};
    const [, told = ''] = /--input '([^']*)'/.exec(command) ?? [];
    expect(JSON.parse(told)).toEqual(given);
    const { basedOn: _none, ...input } = asked(given);
    expect(ExecutionInput.parse(JSON.parse(told))).toEqual(input);
  });

  it.each([
    [{ remove: undefined }, ''],
    [{ remove: ['ebs-volume', 'ebs-snapshot'] }, '--remove ebs-volume,ebs-snapshot '],
    [{ remove: ['ebs-volume'] }, '--remove ebs-volume '],
    [{ remove: [] }, `--input '{"remove":[]}' `],
    [{ kinds: ['ebs-volume'] }, '--kind ebs-volume '],
  ])('is brought there to remove of the kinds of %j', (given, options) => {
    const input = { ...ran.input, ...given };
    expect(afterGraceCommand({ ...kept, input }, 14)?.command).toBe(
      `orgsweep run --simulated ${keep} --after 14d ${options}--mode delete --enable-deletion`,
    );
  });
});

it('says nothing of days that a kind has anyway, and repeats those that somebody asked for', () => {
  const of = (own: unknown) =>
    applyCommand({ ...ran, input: asked({ policy: { kinds: { ami: own } } }) }).command;
  expect(of({ minAgeDays: 90 })).not.toContain('--input');
  expect(of({ minAgeDays: 30 })).toContain('{"policy":{"kinds":{"ami":{"minAgeDays":30}}}}');
  expect(of({ minUnusedDays: 30 })).toContain('{"policy":{"kinds":{"ami":{"minUnusedDays":30}}}}');
});
