import { z } from 'zod';
import { parseInput } from '../../../core/input/bad-input.ts';
import { InvalidInput } from '../../../core/model/errors.ts';
import { executionInput } from '../../../core/input/input.ts';

const Input = executionInput({ kinds: ['ebs-snapshot'], skippable: ['ecs'] });

function refusalOf(value: unknown, root?: string): string {
  try {
    parseInput(Input, value, root);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('input that is badly formed', () => {
  it('is accepted when it is empty, with every default filled in', () => {
    expect(parseInput(Input, {})).toMatchObject({ mode: 'report', kinds: ['ebs-snapshot'] });
  });

  it.each([
    [{ scope: { accounts: ['1111'] } }, 'input.scope.accounts[0]: "1111" – accepted: 12 digits'],
    [{ policy: { minAgeDays: -1 } }, 'input.policy.minAgeDays: -1 – accepted: 0 or more days'],
    [
      { policy: { minAgeDays: Infinity } },
      'input.policy.minAgeDays: Infinity – accepted: a number',
    ],
    [{ policy: { minAgeDays: 1.5 } }, 'input.policy.minAgeDays: 1.5 – accepted: a whole number'],
    [
      { policy: { minAgeDays: 99999 } },
      'input.policy.minAgeDays: 99999 – accepted: at most 36500 days',
    ],
    [
      { limits: { maxStalePercent: 101 } },
      'input.limits.maxStalePercent: 101 – accepted: 0 to 100',
    ],
    [{ limits: { maxStalePercent: -1 } }, 'input.limits.maxStalePercent: -1 – accepted: 0 or more'],
    [
      { policy: { allowLastCopy: 'yes' } },
      'input.policy.allowLastCopy: "yes" – accepted: true or false',
    ],
    [
      { polcy: {} },
      'input.polcy: unknown key – accepted: mode, scope, kinds, remove, policy, policyOverrides, limits, approval, plan, resume',
    ],
    [
      { limits: { max: 1 } },
      'input.limits.max: unknown key – accepted: maxRemovalsPerTarget, maxRemovalsPerAccount, maxRemovals, maxStalePercent, maxStalePercentPerAccount, maxStalePercentOverall, maxPlanAgeDays, minReferencePercent, kinds',
    ],
    [
      { scope: { accepted: [{ account: '1', regions: ['eu-west-1'], reason: 'x' }] } },
      'input.scope.accepted[0].account: unknown key – accepted: accounts, organizationalUnits, regions, reason, mayRefer',
    ],
    [
      { scope: { accounts: [12345678901] } },
      'input.scope.accounts[0]: 12345678901 – accepted: 12 digits in quotes, as a number loses its zeros in front',
    ],
    [
      { scope: { excludeAccounts: [111122223333] } },
      'input.scope.excludeAccounts[0]: 111122223333 – accepted: 12 digits in quotes, as a number loses its zeros in front',
    ],
    [
      { scope: { accepted: [{ regions: ['eu-west-1'] }] } },
      'input.scope.accepted[0].reason: missing – accepted: text',
    ],
    [
      { scope: { accepted: [{ reason: 'why' }] } },
      'input.scope.accepted[0]: {"reason":"why"} – accepted: at least one of accounts, organizationalUnits, regions',
    ],
    [
      { policyOverrides: [{ policy: { neverRemove: true } }] },
      'input.policyOverrides[0]: {"policy":{"neverRemove":true}} – accepted: at least one of accounts, organizationalUnits',
    ],
    [
      { policyOverrides: [{ accounts: [], policy: { neverRemove: true } }] },
      'input.policyOverrides[0].accounts: [] – accepted: 1 entry or more',
    ],
    [
      { policyOverrides: [{ accounts: ['111122223333'], policy: {} }] },
      'input.policyOverrides[0].policy: {} – accepted: at least one of minAgeDays, graceDays, protectTags, allowLastCopy, requireUndo, allowRecreation, allowIrreversible, skipReferences, neverRemove, kinds',
    ],
    [
      { policyOverrides: [{ accounts: ['111122223333'], policy: { graceDay: 1, graceDays: 1 } }] },
      'input.policyOverrides[0].policy.graceDay: unknown key – accepted: minAgeDays, graceDays, protectTags, allowLastCopy, requireUndo, allowRecreation, allowIrreversible, skipReferences, neverRemove, kinds',
    ],
    [
      { policyOverrides: [{ accounts: ['111122223333'], policy: { skipReferences: ['x'] } }] },
      'input.policyOverrides[0].policy.skipReferences[0]: "x" – accepted: "ecs"',
    ],
    ...['*', 'back*up', 'Backup*=yes', '=yes'].map((rule): [unknown, string] => [
      { policy: { protectTags: [rule] } },
      `input.policy.protectTags[0]: "${rule}" – accepted: "key" or "key=value", with "*" at the end for any that begins so`,
    ]),
    [{ mode: 'purge' }, 'input.mode: "purge" – accepted: "report", "delete"'],
    [{ kinds: ['ebs'] }, 'input.kinds[0]: "ebs" – accepted: "ebs-snapshot"'],
    [{ kinds: [] }, 'input.kinds: [] – accepted: 1 entry or more'],
    [
      { approval: 'required' },
      'input.approval: "required" – accepted: "none", or "required" together with "mode": "delete"; a report removes nothing',
    ],
    [
      { plan: 'weekly-1' },
      'input.plan: "weekly-1" – accepted: only together with "mode": "delete"',
    ],
    [
      [],
      'input: [] – accepted: an object with mode, scope, kinds, remove, policy, policyOverrides, limits, approval, plan, resume',
    ],
    [
      null,
      'input: null – accepted: an object with mode, scope, kinds, remove, policy, policyOverrides, limits, approval, plan, resume',
    ],
  ])('names path, value and what is accepted: %j', (value, message) => {
    expect(refusalOf(value)).toBe(message);
  });

  it('names each fault, joined, and calls the input what the caller calls it', () => {
    expect(refusalOf({ mode: 'x', kinds: ['y'] }, 'in.json')).toBe(
      'in.json.mode: "x" – accepted: "report", "delete"; in.json.kinds[0]: "y" – accepted: "ebs-snapshot"',
    );
  });

  it('names at most five faults, and how many more there are', () => {
    const message = refusalOf({ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 });
    expect(message.split('; ')).toHaveLength(6);
    expect(message).toMatch(/; and 2 more$/);
  });

  it('refuses a key named __proto__ like any other unknown key', () => {
    expect(refusalOf(JSON.parse('{"__proto__": {"mode": "delete"}}'))).toMatch(
      /^input\.__proto__: unknown key – /,
    );
  });

  it('stays on one line of harmless characters, whatever it is given', () => {
    const message = refusalOf({
      mode: 'a\nb\u001b[2J\u0085\u2028\u202e',
      'bad\nkey\u009b': 1,
    });
    expect(message).toContain('"a\\nb\\u001b[2J\\u0085\\u2028\\u202e"');
    expect(message).toContain('input["bad\\nkey\\u009b"]: unknown key');
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });

  it.each(['Retain', 'Backup=yes', 'n2ws*', 'aws:cloudformation:*', 'env=prod*', 'a=b=c'])(
    'is not a tag rule such as %s',
    (rule) => expect(refusalOf({ policy: { protectTags: [rule] } })).toBe('accepted'),
  );

  it('gives an override no default: it changes the keys it names alone', () => {
    const override = { accounts: ['111122223333'], policy: { neverRemove: true } };
    expect(parseInput(Input, { policyOverrides: [override] }).policyOverrides).toEqual([override]);
  });

  it('takes requireRecycleBin for requireUndo, whose older name it is, wherever a policy is given', () => {
    const old = { requireRecycleBin: false };
    const override = { accounts: ['111122223333'], policy: old };
    const { policy, policyOverrides } = parseInput(Input, {
      policy: { ...old, requireUndo: false },
      policyOverrides: [override],
    });
    expect(policy).toEqual({ ...parseInput(Input, {}).policy, requireUndo: false });
    expect(policyOverrides).toEqual([{ ...override, policy: { requireUndo: false } }]);
    expect(parseInput(Input, { policy: old }).policy.requireUndo).toBe(false);
  });

  it.each([
    [
      { requireRecycleBin: false, requireUndo: true },
      'requireRecycleBin: false – accepted: the value of requireUndo, whose older name it is',
    ],
    [{ requireRecycleBin: 'no' }, 'requireRecycleBin: "no" – accepted: true or false'],
    [{ requireUndo: 'no' }, 'requireUndo: "no" – accepted: true or false'],
  ])('names what is wrong with a key and its older name: %j', (policy, message) => {
    expect(refusalOf({ policy })).toBe(`input.policy.${message}`);
    const override = { accounts: ['111122223333'], policy };
    expect(refusalOf({ policyOverrides: [override] })).toBe(
      `input.policyOverrides[0].policy.${message}`,
    );
  });

  it('says which steps a policy may allow, and where no kind has any', () => {
    const names = { kinds: ['elastic-ip'] };
    const steps = {
      allowRecreation: ['elastic-ip:release', 'ami:deregister'],
      allowIrreversible: [],
    };
    const refusal = (policy: object) => () =>
      parseInput(executionInput({ ...names, steps }), { policy });
    expect(refusal({ allowRecreation: ['elastic-ip:release'] })).not.toThrow();
    expect(refusal({ allowRecreation: ['elastic-ip'] })).toThrow(
      'input.policy.allowRecreation[0]: "elastic-ip" – accepted: "elastic-ip:release", "ami:deregister"',
    );
    expect(refusal({ allowIrreversible: ['elastic-ip:release'] })).toThrow(
      'input.policy.allowIrreversible[0]: "elastic-ip:release" – accepted: no entry, as no kind has a step that cannot be undone',
    );
  });

  it('cuts long values', () => {
    const message = refusalOf({ mode: 'x'.repeat(1000) });
    expect(message).toContain(`"${'x'.repeat(78)}… – accepted:`);
  });

  it('says so when there is nothing to choose from', () => {
    expect(() =>
      parseInput(executionInput({ kinds: ['ebs-snapshot'] }), {
        policy: { skipReferences: ['ecs'] },
      }),
    ).toThrow('input.policy.skipReferences[0]: "ecs" – accepted: nothing here yet');
  });

  it('keeps the parser’s own error as the cause', () => {
    expect.assertions(1);
    try {
      parseInput(z.string(), 1);
    } catch (error) {
      expect((error as Error).cause).toBeInstanceOf(z.ZodError);
    }
  });
});
