import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../infra/config/config.ts';
import { floorWarnings } from '../../infra/hub/floor-warnings.ts';
import { allowedOf, everyAction } from '../support/aws/every-action.ts';
import { hubRoles } from '../support/hub/hub-roles.ts';
import { synthHub } from '../support/hub/synth-hub.ts';

const config = (floors: object, more: object = {}) =>
  readConfig({
    deletion: { enabled: true, floors },
    recycleBin: { regions: ['eu-west-1'] },
    ...more,
  });
const ALL = {
  approval: 'required',
  ...{ minAgeDays: 30, graceDays: 14, keepLastCopy: true, maxRemovals: 500 },
};

it.each([
  [
    { mode: 'delete', approval: 'none' },
    'orgsweep.governance.input.approval: "none" – accepted: "required"',
  ],
  [
    { policy: { graceDays: 3 } },
    'orgsweep.governance.input.policy.graceDays: 3 – accepted: 14 or more',
  ],
  [
    { policyOverrides: [{ accounts: ['111122223333'], policy: { allowLastCopy: true } }] },
    'orgsweep.governance.input.policyOverrides[0].policy.allowLastCopy: true – accepted: false',
  ],
  [
    { limits: { maxRemovals: 501 } },
    'orgsweep.governance.input.limits.maxRemovals: 501 – accepted: at most 500',
  ],
])('the input of the schedule is refused by name where it is below a floor: %j', (input, words) => {
  expect(() => config(ALL, { governance: { input } })).toThrow(words);
});

it.each([
  [{ floors: { graceDays: -1 } }, 'orgsweep.deletion.floors.graceDays: -1 – accepted: 0 or more'],
  [
    { floors: { skippableSources: ['all'] } },
    'orgsweep.deletion.floors.skippableSources[0]: "all"',
  ],
  [{ floors: { maxRemoval: 1 } }, 'orgsweep.deletion.floors.maxRemoval: unknown key'],
])('floors that are none are refused: %j', (deletion, words) => {
  expect(() => readConfig({ deletion })).toThrow(words);
});

describe('a synth warns', () => {
  it('of what the floors leave open, in words and by key', () => {
    const { 'orgsweep:floors': words } = floorWarnings(config({ requireUndo: false }));
    for (const key of ['approval', 'requireUndo', 'graceDays', 'minAgeDays', 'keepLastCopy'])
      expect(words).toContain(`(${key})`);
    expect(words).toContain(
      'who may start a run can have it delete what is unused without anybody',
    );
    expect(floorWarnings(config({}))['orgsweep:floors']).not.toContain('(requireUndo)');
  });

  it('of nothing where all is closed', () => {
    expect(floorWarnings(config(ALL))).toEqual({});
  });

  it('of floors where nothing can be deleted, and of undo without any rule', () => {
    const floors = { deletion: { floors: { graceDays: 7 } } };
    expect(Object.keys(floorWarnings(readConfig(floors)))).toEqual([
      'orgsweep:floorsWithoutDeletion',
    ]);
    expect(floorWarnings(readConfig({}))).toEqual({});
    const withoutRule = readConfig({ deletion: { enabled: true, floors: ALL } });
    expect(Object.keys(floorWarnings(withoutRule))).toEqual(['orgsweep:floorsWithoutRule']);
  });

  it('on the stack of the hub', () => {
    const { stack } = synthHub({ deletion: { enabled: true } });
    const warnings = Annotations.fromStack(stack).findWarning(
      '*',
      Match.stringLikeRegexp('floors'),
    );
    expect(warnings.length).toBeGreaterThan(0);
  });
});

it('no role of the deployment can change a function, its environment, the machine or a parameter', async () => {
  const actions = await everyAction(['lambda', 'states', 'ssm', 'iam', 'cloudformation', 'rbin']);
  const writes = actions.filter(({ accessLevel }) => !['Read', 'List'].includes(accessLevel));
  expect(writes.length).toBeGreaterThan(100);
  const changing = hubRoles({ deletion: { enabled: true } }).flatMap(({ name, policy }) =>
    ['*', `arn:aws:lambda:us-east-1:111122223333:function:orgsweep-remove-planned`].flatMap(
      (resource) =>
        allowedOf(writes, { policy, resource })
          .map((action) => action.name)
          .filter((action) => /Update|Put|Create|Delete|Publish|Tag|Add|Lock|Set/.test(action))
          .map((action) => `${name}: ${action}`),
    ),
  );
  expect(changing).toEqual([]);
});
