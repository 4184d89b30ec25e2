import { z } from 'zod';
import { parseInput } from '../../../core/input/bad-input.ts';
import { executionInput, limitsOfKind } from '../../../core/input/input.ts';
import { kindsOfOtherKeys, policyOfKind } from '../../../core/input/of-kind.ts';
import { policyFor, stricterOf } from '../../../core/input/policy-for.ts';
import { ACCOUNT, anAccount, aPolicy, someLimits } from '../../support/summaries/builders.ts';

const OWN = {
  ami: { defaults: { minAgeDays: 90 }, limits: { maxRemovalsPerTarget: 10 } },
  'ebs-volume': { keys: { minUnattachedDays: z.int().min(1).default(32) } },
};
const Input = executionInput({ kinds: ['ebs-snapshot', 'ami', 'ebs-volume'], own: OWN });

describe('what an input may say of single kinds', () => {
  it('is there with the defaults that kinds bring, and not at all where none brings any', () => {
    const { policy, limits } = parseInput(Input, {});
    expect(policy.kinds).toEqual({
      ami: { minAgeDays: 90 },
      'ebs-volume': { minUnattachedDays: 32 },
    });
    expect(limits.kinds).toEqual({ ami: { maxRemovalsPerTarget: 10 } });
    const plain = executionInput({ kinds: ['ebs-snapshot'] }).parse({});
    expect([plain.policy, plain.limits].map((one) => Object.keys(one).includes('kinds'))).toEqual([
      false,
      false,
    ]);
  });

  it('is taken for every kind, in overrides without defaults', () => {
    const kinds = { 'ebs-snapshot': { graceDays: 30 }, 'ebs-volume': { minUnattachedDays: 60 } };
    const override = { accounts: [ACCOUNT], policy: { kinds } };
    const { policy, policyOverrides } = parseInput(Input, {
      policy: { kinds },
      policyOverrides: [override],
    });
    expect(policy.kinds).toEqual({ ...kinds, ami: { minAgeDays: 90 } });
    expect(policyOverrides).toEqual([override]);
    const own = policyFor({ policy, policyOverrides }, anAccount());
    expect(own.kinds).toEqual(policy.kinds);
  });

  it.each([
    [
      { policy: { kinds: { rds: {} } } },
      'policy.kinds.rds: unknown key – accepted: ebs-snapshot, ami, ebs-volume',
    ],
    [
      { policy: { kinds: { ami: { minAgeDays: -1 } } } },
      'policy.kinds.ami.minAgeDays: -1 – accepted: 0 or more days',
    ],
    [
      { policy: { kinds: { ami: { minUnattachedDays: 1 } } } },
      'policy.kinds.ami.minUnattachedDays: unknown key – accepted: minAgeDays, graceDays',
    ],
    [
      { limits: { kinds: { ami: { maxRemovals: 1 } } } },
      'limits.kinds.ami.maxRemovals: unknown key – accepted:',
    ],
  ])('is refused by name: %j', (input, message) => {
    expect(() => parseInput(Input, input)).toThrow(`input.${message}`);
  });
});

describe('what is said of a kind', () => {
  const policy = aPolicy({
    ...{ minAgeDays: 30, graceDays: 14 },
    kinds: { ami: { minAgeDays: 90, graceDays: 7, minUnattachedDays: 32 } },
  });

  it('makes its policy stricter and never looser, and nothing of another kind', () => {
    expect(policyOfKind(policy, 'ami')).toMatchObject({ minAgeDays: 90, graceDays: 14 });
    expect(policyOfKind(policy, 'ebs-snapshot')).toEqual({ ...policy, own: {} });
    expect(policyOfKind(policy, 'ami').own).toEqual({ minUnattachedDays: 32 });
    const later = policyOfKind({ ...policy, minAgeDays: 120 }, 'ami');
    expect(later.minAgeDays).toBe(120);
  });

  it('makes its limits stricter and never looser', () => {
    const limits = someLimits({
      ...{ maxRemovalsPerTarget: 50, minReferencePercent: 40 },
      kinds: { ami: { maxRemovalsPerTarget: 10, minReferencePercent: 30, maxStalePercent: 90 } },
    });
    expect(limitsOfKind(limits, 'ami')).toEqual({ ...limits, maxRemovalsPerTarget: 10 });
    expect(limitsOfKind(limits, 'ebs-snapshot')).toEqual(limits);
  });

  it('is in the stricter of two policies the stricter of each, and tells where own keys differ', () => {
    const other = aPolicy({
      kinds: { ami: { graceDays: 30, minUnattachedDays: 60 }, eip: { minAgeDays: 1 } },
    });
    expect(stricterOf(policy, other).kinds).toEqual({
      ami: { minAgeDays: 90, graceDays: 30, minUnattachedDays: 32 },
      eip: { minAgeDays: 1 },
    });
    expect(kindsOfOtherKeys(policy, other)).toEqual(['ami']);
    expect(kindsOfOtherKeys(policy, policy)).toEqual([]);
    expect(stricterOf(aPolicy(), aPolicy())).not.toHaveProperty('kinds');
  });
});
