import fc from 'fast-check';
import { InvalidInput } from '../../../core/model/errors.ts';
import type { PolicyOverride } from '../../../core/input/input.ts';
import { policyFor } from '../../../core/input/policy-for.ts';
import { refuseUnknownInOverrides } from '../../../core/scope/unknown-in-scope.ts';
import {
  ACCOUNT,
  anAccount,
  aPolicy,
  OTHER_ACCOUNT,
  SANDBOX_OU,
  WORKLOADS_OU,
} from '../../support/summaries/builders.ts';

const sandbox = anAccount({
  path: `o-abcdefghij/r-ab12/${WORKLOADS_OU}/${SANDBOX_OU}/${ACCOUNT}/`,
});
const ofWorkloads = (policy: PolicyOverride['policy']): PolicyOverride => ({
  organizationalUnits: [WORKLOADS_OU],
  policy,
});
const ofSandboxes = (policy: PolicyOverride['policy']): PolicyOverride => ({
  organizationalUnits: [SANDBOX_OU],
  policy,
});
const ofAccount = (policy: PolicyOverride['policy']): PolicyOverride => ({
  accounts: [ACCOUNT],
  policy,
});
const effective = (policyOverrides: PolicyOverride[], account = sandbox, policy = aPolicy()) =>
  policyFor({ policy, policyOverrides }, account);

describe('the policy that holds in an account', () => {
  it('is the default one where no override means it', () => {
    const elsewhere = anAccount({ id: OTHER_ACCOUNT, path: 'o-abcdefghij/r-ab12/222233334444/' });
    const overrides = [ofWorkloads({ graceDays: 1 }), ofAccount({ minAgeDays: 1 })];
    expect(effective(overrides, elsewhere)).toEqual(aPolicy());
  });

  it('takes from an override the keys it names, and leaves the others', () => {
    expect(effective([ofWorkloads({ graceDays: 60, neverRemove: true })])).toEqual(
      aPolicy({ graceDays: 60, neverRemove: true }),
    );
  });

  it('follows the most specific: the deepest OU over those above it, the account over all', () => {
    const [wide, deep, own] = [
      ofWorkloads({ graceDays: 1, minAgeDays: 1, requireUndo: false }),
      ofSandboxes({ graceDays: 2, minAgeDays: 2 }),
      ofAccount({ graceDays: 3 }),
    ];
    const expected = aPolicy({ graceDays: 3, minAgeDays: 2, requireUndo: false });
    for (const overrides of [
      [wide, deep, own],
      [own, deep, wide],
      [deep, own, wide],
    ])
      expect(effective(overrides)).toEqual(expected);
  });

  it('follows the later in the list between equals', () => {
    expect(effective([ofSandboxes({ graceDays: 1 }), ofSandboxes({ graceDays: 2 })])).toEqual(
      aPolicy({ graceDays: 2 }),
    );
  });

  it('means accounts and OUs of one override each by itself, the account as the most specific', () => {
    const both = { accounts: [ACCOUNT], organizationalUnits: [WORKLOADS_OU] };
    const overrides = [{ ...both, policy: { graceDays: 9 } }, ofSandboxes({ graceDays: 2 })];
    expect(effective(overrides).graceDays).toBe(9);
    const neighbour = { ...sandbox, id: OTHER_ACCOUNT };
    expect(effective(overrides, neighbour).graceDays).toBe(2);
  });

  it('keeps every protect tag below it: overrides add to them', () => {
    const overrides = [ofAccount({ protectTags: ['c', 'a'] }), ofWorkloads({ protectTags: ['b'] })];
    const { protectTags } = effective(overrides, sandbox, aPolicy({ protectTags: ['a'] }));
    expect(protectTags.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('replaces skipReferences: an OU may have everything looked at', () => {
    const skipping = aPolicy({ skipReferences: ['amis'] });
    expect(effective([ofWorkloads({ skipReferences: [] })], sandbox, skipping)).toEqual(aPolicy());
  });
});

describe('whatever the overrides', () => {
  const change = fc.record(
    {
      graceDays: fc.nat(5),
      neverRemove: fc.boolean(),
      protectTags: fc.subarray(['a', 'b', 'c*']),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const override = fc
    .tuple(change, fc.constantFrom(ofWorkloads, ofSandboxes, ofAccount))
    .map(([policy, of]) => of(policy));

  it('no protect tag is lost, and each key is the default or what the most specific says', () => {
    fc.assert(
      fc.property(fc.array(override, { maxLength: 6 }), (overrides) => {
        const policy = effective(overrides, sandbox, aPolicy({ protectTags: ['mine'] }));
        const tags = overrides.flatMap(({ policy: of }) => of.protectTags ?? []);
        expect(new Set(policy.protectTags)).toEqual(new Set(['mine', ...tags]));
        const rank = (of: PolicyOverride) =>
          of.accounts ? 2 : of.organizationalUnits?.includes(SANDBOX_OU) ? 1 : 0;
        const deciding = overrides
          .filter(({ policy: of }) => of.neverRemove !== undefined)
          .reduce<PolicyOverride | null>(
            (best, of) => (best !== null && rank(best) > rank(of) ? best : of),
            null,
          );
        expect(policy.neverRemove).toBe(deciding?.policy.neverRemove ?? false);
      }),
    );
  });
});

describe('an override that names what the organization has not', () => {
  const accounts = [sandbox];
  const refused = (override: PolicyOverride, among = accounts) =>
    expect(() => refuseUnknownInOverrides(among, [ofAccount({}), override]));

  it('is refused, as it would protect nothing: an account', () => {
    refused({ accounts: [ACCOUNT, OTHER_ACCOUNT], policy: { neverRemove: true } }).toThrow(
      new InvalidInput(
        'input.policyOverrides[1].accounts[1]: "222233334444" – accepted: an account of this organization',
      ),
    );
  });

  it('is refused, as it would protect nothing: an OU, with the OUs there are', () => {
    refused({ organizationalUnits: ['ou-ab12-nosuch01'], policy: { neverRemove: true } }).toThrow(
      `input.policyOverrides[1].organizationalUnits[0]: "ou-ab12-nosuch01" – accepted: an OU with accounts in it: ${SANDBOX_OU}, ${WORKLOADS_OU}`,
    );
  });

  it('is refused for any OU where the OU paths are not known', () => {
    refused(ofWorkloads({ neverRemove: true }), [anAccount({ path: null })]).toThrow(
      /^input\.policyOverrides\[1\]\.organizationalUnits\[0\]: .* accepted: accounts only/,
    );
  });
});
