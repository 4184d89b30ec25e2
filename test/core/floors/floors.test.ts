import { Floors, noFloors } from '../../../core/floors/floors.ts';
import { isPlanBelow, policiesAtLeast, policyAtLeast } from '../../../core/floors/at-least.ts';
import { executionInput, Policy } from '../../../core/input/input.ts';
import { policyOfKind } from '../../../core/input/of-kind.ts';
import { aPolicy, aRemoval, someLimits } from '../../support/summaries/builders.ts';
import { changedKeys, raiseToFloors } from '../../../core/floors/below-floor.ts';
import { ExecutionInput, OWN_FLOORS, SKIPPABLE_SOURCES } from '../../../kinds/registry.ts';
import { SKIPPABLE_REFERENCES } from '../../support/summaries/floors.ts';

const [SOURCE = '', OTHER = ''] = SKIPPABLE_REFERENCES;
const FLOORS = Floors.parse({
  approval: 'required',
  minAgeDays: 60,
  graceDays: 30,
  keepLastCopy: true,
  skippableSources: [OTHER],
  maxRemovals: 100,
  minReferencePercent: 40,
});

const raised = (asked: unknown, floors = FLOORS) =>
  raiseToFloors(ExecutionInput.parse(asked), asked, { floors, own: OWN_FLOORS });

describe('what an input leaves to its default', () => {
  it('is raised to the floor', () => {
    expect(raised({ mode: 'delete' })).toMatchObject({
      approval: 'required',
      policy: { minAgeDays: 60, graceDays: 30, allowLastCopy: false, requireUndo: true },
      limits: { maxRemovals: 100, minReferencePercent: 50, maxRemovalsPerTarget: 500 },
    });
  });

  it('stays what it is where it is above the floor', () => {
    const floors = Floors.parse({ graceDays: 7 });
    expect(raised({}, floors)).toEqual(ExecutionInput.parse({}));
  });

  it('needs no approval in a report', () => {
    expect(raised({ approval: 'none' }).approval).toBe('none');
  });
});

it.each(['allowRecreation', 'allowIrreversible'] as const)(
  'a step without a way back that %s names is refused where undo is required, and else allowed',
  (list) => {
    const step = 'elastic-ip:release';
    const steps = { allowRecreation: [step], allowIrreversible: [step] };
    const Input = executionInput({ kinds: ['elastic-ip'], steps });
    const place = { accounts: ['111122223333'] };
    const asked = { policyOverrides: [{ ...place, policy: { [list]: [step] } }] };
    const held = (floors: Floors) => raiseToFloors(Input.parse(asked), asked, { floors, own: {} });
    expect(() => held(FLOORS)).toThrow(
      `input.policyOverrides[0].policy.${list}[0]: "${step}" – accepted: none (deletion.floors.requireUndo of this deployment)`,
    );
    expect(held(noFloors([])).policyOverrides[0]?.policy[list]).toEqual([step]);
    const policy = { ...Policy.parse({}), [list]: [step] };
    expect(policyAtLeast(policy, FLOORS, {})[list]).toEqual([]);
  },
);

describe('what an input names of a kind below a floor', () => {
  const Input = executionInput({
    ...{ kinds: ['ami'], own: { ami: { defaults: { graceDays: 3 }, limits: {} } } },
  });
  const place = { accounts: ['111122223333'] };
  const held = (asked: object) =>
    raiseToFloors(Input.parse(asked), asked, { floors: FLOORS, own: {} });

  it.each([
    [
      { policy: { kinds: { ami: { minAgeDays: 59 } } } },
      'policy.kinds.ami.minAgeDays: 59 – accepted: 60 or more (deletion.floors.minAgeDays of this deployment)',
    ],
    [
      { policyOverrides: [{ ...place, policy: { kinds: { ami: { graceDays: 29 } } } }] },
      'policyOverrides[0].policy.kinds.ami.graceDays: 29 – accepted: 30 or more (deletion.floors.graceDays of this deployment)',
    ],
    [
      { limits: { kinds: { ami: { minReferencePercent: 39 } } } },
      'limits.kinds.ami.minReferencePercent: 39 – accepted: 40 or more (deletion.floors.minReferencePercent of this deployment)',
    ],
  ])('is refused by name: %j', (asked, message) => {
    expect(() => held(asked)).toThrow(`input.${message}`);
  });

  it('is let pass where only its kind says so, and the floor holds for that kind too', () => {
    const { policy } = held({ policy: { kinds: { ami: { minAgeDays: 60 } } } });
    expect(policy.kinds).toEqual({ ami: { minAgeDays: 60, graceDays: 3 } });
    expect(policyOfKind(policy, 'ami')).toMatchObject({ minAgeDays: 60, graceDays: 30 });
  });
});

/** What a floor under last copies makes of snapshots that AMIs left behind. */
const LEFTOVERS = { 'ebs-snapshot': { keepLastLeftover: true } };
/** What kinds have by default. */
const DEFAULTS = ExecutionInput.parse({}).policy.kinds;

describe("a kind's own keys", () => {
  const place = { accounts: ['111122223333'] };
  const said = (own: object) => ({ policy: { kinds: { 'ebs-volume': own } } });
  const parse = (own: object) => ExecutionInput.parse(said(own)).policy;
  // Other kinds have defaults of their own.
  const ofVolumes = ({ kinds }: Pick<Policy, 'kinds'>) => kinds?.['ebs-volume'];

  it.each([
    [
      said({ allowNoCopy: true }),
      'policy.kinds.ebs-volume.allowNoCopy: true – accepted: false (deletion.floors.keepLastCopy of this deployment)',
    ],
    [
      { policyOverrides: [{ ...place, ...said({ allowNoCopy: true }) }] },
      'policyOverrides[0].policy.kinds.ebs-volume.allowNoCopy: true – accepted: false (deletion.floors.keepLastCopy of this deployment)',
    ],
    [
      { policy: { kinds: { 'ebs-snapshot': { keepLastLeftover: false } } } },
      'policy.kinds.ebs-snapshot.keepLastLeftover: false – accepted: true (deletion.floors.keepLastCopy of this deployment)',
    ],
    [
      said({ volumeEvidence: 'history' }),
      'policy.kinds.ebs-volume.volumeEvidence: "history" – accepted: "metrics" (deletion.floors.skippableSources of this deployment)',
    ],
    [
      said({ minUnattachedDays: 29 }),
      'policy.kinds.ebs-volume.minUnattachedDays: 29 – accepted: 30 or more (deletion.floors.graceDays of this deployment)',
    ],
  ])('that name what a floor forbids are refused: %j', (asked, message) => {
    expect(() => raised(asked)).toThrow(`input.${message}`);
  });

  it('are left as they are above the floors, and where no floor is', () => {
    const own = { allowNoCopy: false, volumeEvidence: 'metrics', minUnattachedDays: 30 };
    expect(ofVolumes(raised(said(own)).policy)).toEqual(own);
    expect(ofVolumes(raised({}).policy)).toBeUndefined();
    const loose = { allowNoCopy: true, finalCopy: 'never', minUnattachedDays: 1 };
    expect(ofVolumes(raised(said(loose), Floors.parse({})).policy)).toEqual(loose);
  });

  it('may rely on looks where what would prove more may be skipped', () => {
    const own = { volumeEvidence: 'history' };
    const floors = Floors.parse({ skippableSources: ['volume-metrics'] });
    expect(ofVolumes(raised(said(own), floors).policy)).toEqual(own);
  });

  it('that make more stay are set where they are left out, and stay out without that floor', () => {
    expect(raised({}).policy.kinds).toEqual({ ...DEFAULTS, ...LEFTOVERS });
    expect(changedKeys(ExecutionInput.parse({}), raised({}))).toContain(
      'policy.kinds.ebs-snapshot.keepLastLeftover',
    );
    const stricter = { policy: { kinds: LEFTOVERS } };
    for (const floors of [FLOORS, Floors.parse({})])
      expect(raised(stricter, floors).policy.kinds).toEqual({ ...DEFAULTS, ...LEFTOVERS });
    const forged = { ...aPolicy(), kinds: { 'ebs-snapshot': { keepLastLeftover: false } } };
    expect(policyAtLeast(forged, FLOORS, OWN_FLOORS).kinds).toMatchObject(LEFTOVERS);
  });

  it('that are left out are raised where their default is below, as far as they go', () => {
    const left = (graceDays: number) => {
      const input = raised({}, Floors.parse({ graceDays }));
      const [key] = changedKeys(ExecutionInput.parse({}), input).slice(1);
      return [key, ofVolumes(input.policy)];
    };
    const key = 'policy.kinds.ebs-volume.minUnattachedDays';
    expect(left(32)).toEqual([undefined, undefined]);
    expect(left(33)).toEqual([key, { minUnattachedDays: 33 }]);
    expect(left(5_000)).toEqual([key, { minUnattachedDays: 440 }]);
  });

  it('of a stored policy are read with nothing below a floor, whatever it says', () => {
    const forged = parse({ allowNoCopy: true, volumeEvidence: 'history', minUnattachedDays: 1 });
    const held = { allowNoCopy: false, volumeEvidence: 'metrics', minUnattachedDays: 30 };
    expect(ofVolumes(policyAtLeast(forged, FLOORS, OWN_FLOORS))).toEqual(held);
    const all = { policy: aPolicy(), policies: { '111122223333': forged } };
    const { policies } = policiesAtLeast(all, FLOORS, OWN_FLOORS);
    expect(ofVolumes(policies['111122223333'] ?? aPolicy())).toEqual(held);
  });
});

it('a plan of two kinds is not below a floor that holds for each by itself', () => {
  const removals = ['ami', 'ebs-snapshot'].flatMap((kind) =>
    ['a', 'b'].map((resourceId) => aRemoval({ kind, resourceId })),
  );
  const plan = { limits: someLimits(), removals };
  const scanned = { policy: aPolicy(), policies: {} };
  const isBelow = (floors: Partial<Floors>) =>
    isPlanBelow(plan, scanned, removals[0]!, Floors.parse(floors));
  expect(isBelow({ maxRemovalsPerTarget: 2, maxRemovalsPerAccount: 2 })).toBe(false);
  expect(isBelow({ maxRemovalsPerTarget: 1 })).toBe(true);
  expect(isBelow({ maxRemovalsPerAccount: 1 })).toBe(true);
  expect(isBelow({ maxRemovals: 3 })).toBe(true);
});

describe('what an input names below a floor', () => {
  const place = { accounts: ['111122223333'] };
  it.each([
    [
      { mode: 'delete', approval: 'none' },
      'input.approval: "none" – accepted: "required" (deletion.floors.approval of this deployment)',
    ],
    [
      { policy: { minAgeDays: 59 } },
      'input.policy.minAgeDays: 59 – accepted: 60 or more (deletion.floors.minAgeDays of this deployment)',
    ],
    [
      { policy: { graceDays: 0 } },
      'input.policy.graceDays: 0 – accepted: 30 or more (deletion.floors.graceDays of this deployment)',
    ],
    [
      { policy: { allowLastCopy: true } },
      'input.policy.allowLastCopy: true – accepted: false (deletion.floors.keepLastCopy of this deployment)',
    ],
    [
      { policy: { requireUndo: false } },
      'input.policy.requireUndo: false – accepted: true (deletion.floors.requireUndo of this deployment)',
    ],
    [
      { policy: { requireRecycleBin: false } },
      'input.policy.requireUndo: false – accepted: true (deletion.floors.requireUndo of this deployment)',
    ],
    [
      { policy: { skipReferences: [OTHER, SOURCE] } },
      `input.policy.skipReferences[1]: "${SOURCE}" – accepted: "${OTHER}" (deletion.floors.skippableSources of this deployment)`,
    ],
    [
      { limits: { maxRemovals: 101 } },
      'input.limits.maxRemovals: 101 – accepted: at most 100 (deletion.floors.maxRemovals of this deployment)',
    ],
    [
      { limits: { minReferencePercent: 0 } },
      'input.limits.minReferencePercent: 0 – accepted: 40 or more (deletion.floors.minReferencePercent of this deployment)',
    ],
    [
      { policyOverrides: [{ ...place, policy: { graceDays: 1 } }] },
      'input.policyOverrides[0].policy.graceDays: 1 – accepted: 30 or more (deletion.floors.graceDays of this deployment)',
    ],
  ])('%j is refused by name', (asked, message) => {
    expect(() => raised(asked)).toThrow(message);
  });

  it('is told all at once', () => {
    const asked = { policy: { graceDays: 0, minAgeDays: 0 } };
    expect(() => raised(asked)).toThrow(/minAgeDays: 0 .*; input\.policy\.graceDays: 0/);
  });

  it('is no source to skip where no floor was set at all', () => {
    const asked = { policy: { skipReferences: [SOURCE] } };
    expect(() => raised(asked, Floors.parse({}))).toThrow(/accepted: none \(deletion\.floors/);
  });
});

it('changes nothing where nobody deployed anything', () => {
  const asked = {
    mode: 'delete',
    policy: {
      graceDays: 0,
      minAgeDays: 0,
      allowLastCopy: true,
      requireUndo: false,
      skipReferences: SKIPPABLE_REFERENCES,
      kinds: { 'ebs-volume': { allowNoCopy: true, volumeEvidence: 'history' } },
    },
    limits: { maxRemovals: 100_000, minReferencePercent: 0 },
  };
  const floors = noFloors(SKIPPABLE_SOURCES);
  expect(raised(asked, floors)).toEqual(ExecutionInput.parse(asked));
});
