import { changingPolicy, readingPolicy } from '../../../aws/sessions/session-policy.ts';
import { lengthOf } from '../../../infra/policies/policy-limits.ts';
import { spokePolicies } from '../../../infra/spoke/spoke-policies.ts';
import { type Granted, sessionActions } from '../../../kinds/grant.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { KINDS_TO_COME } from './kinds-to-come.ts';

/** AWS's own, in characters. */
const INLINE_OF_A_ROLE = 10_240;
const MANAGED_POLICY = 6_144;
const SESSION_POLICY = 2_048;
/** Managed policies of a role, where an account didn't ask for more. */
const ATTACHED = 10;

/** The longest name of a partition that there is. */
const partition = 'aws-us-gov';
const TWENTY_TAGS = Array.from({ length: 20 }, (_, at) => `company:protection-${at}=yes`);
const ALL: readonly Granted[] = [...KINDS, ...KINDS_TO_COME];

const removable = (kinds: readonly Granted[]) => kinds.filter(({ iam }) => iam.remove.length > 0);

function policiesOf(kinds: readonly Granted[], protectTags: readonly string[]) {
  const options = { partition, protectTags };
  return {
    discover: spokePolicies('discover', { ...options, kinds }),
    remove: spokePolicies('remove', { ...options, kinds: removable(kinds) }),
    restore: spokePolicies('restore', { ...options, kinds: removable(kinds) }),
  };
}

it('all kinds that were written down are added up: built, still to come, or a part of each', () => {
  expect([...new Set(ALL.map(({ kind }) => kind))].toSorted()).toEqual([
    ...[
      'ami',
      'ami-removal',
      'cloudfront-dangling-origin',
      'cloudfront-distribution',
      'ebs-snapshot',
    ],
    ...['ebs-volume', 'ecr-image', 'ecr-repository', 'ecs-cluster', 'ecs-service', 'eks-cluster'],
    ...['elastic-ip', 'load-balancer'],
  ]);
  for (const { kind, iam } of ALL) expect([kind, iam.discover]).not.toEqual([kind, []]);
});

describe.each([
  ['the kinds that there are', KINDS],
  ['the kinds to come as well', ALL],
] as const)('of %s, with 20 protect tags', (_, kinds) => {
  it.each(['discover', 'remove', 'restore'] as const)(
    "what a role to %s may do fits into a role's inline policies",
    (purpose) => {
      const { inline } = policiesOf(kinds, TWENTY_TAGS)[purpose];
      expect(lengthOf(inline)).toBeLessThanOrEqual(INLINE_OF_A_ROLE);
      expect(inline.Statement.length).toBeGreaterThan(0);
    },
  );

  it('what the deletion role is denied fits into as many managed policies as a role may have', () => {
    const { attached } = policiesOf(kinds, TWENTY_TAGS).remove;
    // The other half is for what an organization attaches to each of its roles.
    expect(attached.length).toBeLessThanOrEqual(ATTACHED / 2);
    for (const policy of attached) {
      expect(lengthOf(policy)).toBeLessThanOrEqual(MANAGED_POLICY);
    }
  });

  it('every session policy is one that STS takes', () => {
    const { discover, remove, restore } = sessionActions(kinds);
    const changes = [remove, restore]
      .flatMap((byKind) => Object.values(byKind).flatMap((bySteps) => Object.values(bySteps)))
      .map(({ actions }) => changingPolicy(actions));
    expect(changes.length).toBeGreaterThanOrEqual(2 * removable(kinds).length - 1);
    for (const policy of [readingPolicy(discover), ...changes]) {
      expect(policy.length).toBeLessThanOrEqual(SESSION_POLICY);
    }
  });
});

it('a tag costs the same room however many actions the kinds have', () => {
  const roomOf = (kinds: readonly Granted[]) => {
    const lengthWith = (tags: readonly string[]) => {
      const { inline, attached } = policiesOf(kinds, tags).remove;
      return [inline, ...attached].reduce((sum, policy) => sum + lengthOf(policy), 0);
    };
    return lengthWith(['one', 'two']) - lengthWith(['one']);
  };
  expect(roomOf(ALL)).toBe(roomOf(KINDS));
});

it('an action costs the same room however many tags there are', () => {
  const lengthWith = (tags: readonly string[]) => lengthOf(policiesOf(ALL, tags).remove.inline);
  expect(lengthWith(TWENTY_TAGS)).toBe(lengthWith([]));
});
