import fc from 'fast-check';
import type { Policy } from '../../../core/input/input.ts';
import { stricterOf } from '../../../core/input/policy-for.ts';
import { type Asked, holdOf, standingNow } from '../../../core/scope/standing.ts';
import {
  ACCOUNT,
  anAccount,
  aPolicy,
  aScope,
  OTHER_ACCOUNT,
  SANDBOX_OU,
  WORKLOADS_OU,
} from '../../support/summaries/builders.ts';

const policies: fc.Arbitrary<Policy> = fc.record({
  minAgeDays: fc.nat(90),
  graceDays: fc.nat(90),
  protectTags: fc.uniqueArray(fc.constantFrom('Retain', 'Backup=yes', 'n2ws*')),
  allowLastCopy: fc.boolean(),
  requireUndo: fc.boolean(),
  allowRecreation: fc.uniqueArray(fc.constantFrom('ami:deregister', 'elastic-ip:release')),
  allowIrreversible: fc.uniqueArray(fc.constantFrom('ecr-image:delete', 'elastic-ip:release')),
  skipReferences: fc.uniqueArray(fc.constantFrom('ecs-services', 'launch-templates')),
  neverRemove: fc.boolean(),
});

const asked = (given: Partial<Asked> = {}): Asked => ({
  plan: { policy: aPolicy(), policies: {} },
  scope: aScope(),
  policy: aPolicy(),
  policyOverrides: [],
  atLeast: (policy) => policy,
  ...given,
});

describe('the stricter of two policies', () => {
  const isAsStrict = (strict: Policy, than: Policy) =>
    strict.minAgeDays >= than.minAgeDays &&
    strict.graceDays >= than.graceDays &&
    than.protectTags.every((tag) => strict.protectTags.includes(tag)) &&
    (than.allowLastCopy || !strict.allowLastCopy) &&
    (strict.requireUndo || !than.requireUndo) &&
    strict.allowRecreation.every((step) => than.allowRecreation.includes(step)) &&
    strict.allowIrreversible.every((step) => than.allowIrreversible.includes(step)) &&
    strict.skipReferences.every((source) => than.skipReferences.includes(source)) &&
    (strict.neverRemove || !than.neverRemove);

  it('lets nothing go that one of them keeps, and no more than that', () => {
    fc.assert(
      fc.property(policies, policies, (a, b) => {
        const strict = stricterOf(a, b);
        expect(isAsStrict(strict, a) && isAsStrict(strict, b)).toBe(true);
        expect(stricterOf(a, a)).toEqual(a);
        const other = stricterOf(b, a);
        const lists = {
          protectTags: 0,
          skipReferences: 0,
          allowRecreation: 0,
          allowIrreversible: 0,
        };
        expect({ ...strict, ...lists }).toEqual({ ...other, ...lists });
        const inBoth = a.allowIrreversible.filter((step) => b.allowIrreversible.includes(step));
        expect(strict.allowIrreversible).toEqual(inBoth);
      }),
    );
  });

  it('names every key that a policy has', () => {
    expect(Object.keys(stricterOf(aPolicy(), aPolicy())).toSorted()).toEqual(
      Object.keys(aPolicy()).toSorted(),
    );
  });
});

describe('what holds in an account when something is to be removed there', () => {
  it('is what the plan says, where nothing has changed', () => {
    expect(standingNow(ACCOUNT, anAccount(), asked())).toEqual({ hold: null, policy: aPolicy() });
  });

  it('keeps a kind whose own keys say something else where its account is now', () => {
    const kinds = (minUnattachedDays: number) => ({ 'ebs-volume': { minUnattachedDays } });
    const standing = standingNow(
      ACCOUNT,
      anAccount(),
      asked({
        plan: { policy: aPolicy({ kinds: kinds(32) }), policies: {} },
        policy: aPolicy({ kinds: kinds(60) }),
      }),
    );
    const remove = ['ebs-volume', 'ebs-snapshot'];
    expect(standing).toMatchObject({ hold: null, changedKinds: ['ebs-volume'] });
    expect(holdOf({ ...standing!, remove }, 'ebs-volume')).toBe('KIND_POLICY_CHANGED');
    expect(holdOf({ ...standing!, remove }, 'ebs-snapshot')).toBeNull();
  });

  it('is the stricter of then and now', () => {
    const given = asked({
      plan: { policy: aPolicy(), policies: { [ACCOUNT]: aPolicy({ graceDays: 60 }) } },
      policyOverrides: [{ organizationalUnits: [WORKLOADS_OU], policy: { minAgeDays: 90 } }],
    });
    expect(standingNow(ACCOUNT, anAccount(), given)?.policy).toEqual(
      aPolicy({ graceDays: 60, minAgeDays: 90 }),
    );
  });

  it.each<[string, ReturnType<typeof anAccount> | undefined, Partial<Asked>, string]>([
    ['left the organization', undefined, {}, 'ACCOUNT_LEFT_ORGANIZATION'],
    ['is suspended', anAccount({ state: 'SUSPENDED' }), {}, 'ACCOUNT_SUSPENDED'],
    ['is closed', anAccount({ state: 'CLOSED' }), {}, 'ACCOUNT_CLOSED'],
    [
      'is out of scope',
      anAccount(),
      { scope: aScope({ organizationalUnits: [SANDBOX_OU] }) },
      'ACCOUNT_NOT_IN_SCOPE',
    ],
    [
      'is where nothing may be removed',
      anAccount(),
      { policyOverrides: [{ organizationalUnits: [WORKLOADS_OU], policy: { neverRemove: true } }] },
      'REMOVAL_NOT_ALLOWED',
    ],
  ])('is nothing where it %s', (_, account, given, hold) => {
    expect(standingNow(ACCOUNT, account, asked(given))?.hold).toBe(hold);
  });

  it.each<[string, ReturnType<typeof anAccount>, Partial<Asked>]>([
    ['in a state that nobody knows', anAccount({ state: 'HIBERNATING' }), {}],
    [
      'whose path is not known, where a policy goes by OUs',
      anAccount({ path: null }),
      { policyOverrides: [{ organizationalUnits: [SANDBOX_OU], policy: { graceDays: 1 } }] },
    ],
    [
      'whose path is not known, where the scope does',
      anAccount({ path: null }),
      { scope: aScope({ accounts: [ACCOUNT], organizationalUnits: [SANDBOX_OU] }) },
    ],
  ])('can not be told of one %s', (_, account, given) => {
    expect(standingNow(ACCOUNT, account, asked(given))).toBeNull();
  });

  it('needs no path where no OU decides: of the only account of a local run nobody knows one', () => {
    const overrides = [{ accounts: [OTHER_ACCOUNT], policy: { neverRemove: true } }];
    const given = asked({ policyOverrides: overrides });
    expect(standingNow(ACCOUNT, anAccount({ path: null }), given)?.hold).toBeNull();
  });
});
