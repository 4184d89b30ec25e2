import { readingPolicy } from '../../../aws/sessions/session-policy.ts';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { spokePolicies } from '../../../infra/spoke/spoke-policies.ts';
import { sessionActions } from '../../../kinds/grant.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { allowedOf, everyAction } from '../../support/aws/every-action.ts';
import type { AwsAction } from '../../support/aws/every-action.ts';
import { KINDS_TO_COME } from './kinds-to-come.ts';

const ALL = [...KINDS, ...KINDS_TO_COME];
const READS = sessionActions(ALL).discover;
const SESSION = JSON.parse(readingPolicy(READS)) as PolicyDocument;
/** As in an ARN of a snapshot; other actions than those on snapshots don't look at it. */
const resource = 'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0';

let actions: AwsAction[];
/** What the session may do in a role that may do everything. */
let bySession: AwsAction[];

beforeAll(async () => {
  actions = await everyAction([...new Set(READS.map((action) => action.split(':')[0]!))]);
  bySession = allowedOf(actions, { resource, policy: SESSION });
});

it('the reading session of all kinds to come is folded', () => {
  expect(SESSION.Statement[0]?.Action).toEqual(
    expect.arrayContaining(['ec2:Describe*', 'ecs:List*', 'ecr:Describe*', 'ssm:GetParameters']),
  );
  expect(bySession.length).toBeGreaterThan(2 * READS.length);
});

it('each read of each kind is one that AWS has documented, and calls reading or listing', () => {
  const levels = new Map(actions.map(({ name, accessLevel }) => [name, accessLevel]));
  const levelsOf = READS.map((action) => levels.get(action));
  expect(new Set(levelsOf)).toEqual(new Set(['Read', 'List']));
});

it('in the discovery role it may do what the role names, and nothing else', () => {
  const { inline } = spokePolicies('discover', { kinds: ALL, partition: 'aws', protectTags: [] });
  const allowed = allowedOf(bySession, { resource, policy: inline });
  expect(allowed.map(({ name }) => name).toSorted()).toEqual(READS);
});

it('in a role that may do everything it still only reads, and what is data only by name', () => {
  const levels = bySession.map(({ accessLevel }) => accessLevel);
  expect(new Set(levels)).toEqual(new Set(['Read', 'List']));
  const more = bySession.filter(({ name }) => !READS.includes(name));
  expect(more.filter(({ name }) => !/:(Describe|List)/.test(name))).toEqual([]);
});

it('in the deletion and the restore role it may change nothing', () => {
  const changes = new Set(
    ALL.flatMap(({ iam }) => [...iam.remove, ...iam.restore])
      .filter(({ does }) => does !== 'READ')
      .flatMap((grant) => grant.actions),
  );
  expect(changes.size).toBeGreaterThan(20);
  expect(bySession.filter(({ name }) => changes.has(name))).toEqual([]);
});
