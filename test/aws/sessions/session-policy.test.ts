import {
  arnsThatFit,
  changingPolicy,
  readingPolicy,
} from '../../../aws/sessions/session-policy.ts';

const actionsOf = (policy: string) =>
  (JSON.parse(policy) as { Statement: [{ Action: string[] }] }).Statement[0].Action;

/** Too many to be named one by one. */
const MANY = [
  ...Array.from({ length: 60 }, (_, at) => `ec2:DescribeThings${at}`),
  ...Array.from({ length: 60 }, (_, at) => `ecs:ListThings${at}`),
];

it('names each action while STS takes that many', () => {
  const some = ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'rbin:GetRule'];
  expect(JSON.parse(readingPolicy(some))).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: some, Resource: '*' }],
  });
});

it('folds what lists, by service and verb, where there are too many', () => {
  expect(actionsOf(readingPolicy(MANY))).toEqual(['ec2:Describe*', 'ecs:List*']);
});

it('folds nothing that may read data, nor what is alone of its verb', () => {
  const others = ['ssm:DescribeParameters', 'ssm:GetParameter', 'ssm:GetParameters'];
  expect(actionsOf(readingPolicy([...MANY, ...others]))).toEqual([
    'ec2:Describe*',
    'ecs:List*',
    ...others,
  ]);
});

it('takes no other verb for one that lists', () => {
  const others = ['ec2:Described', 'ec2:Describe', 'ec2:ListenTo', 'ec2:ListenFor'];
  expect(actionsOf(readingPolicy([...MANY, ...others]))).toEqual(expect.arrayContaining(others));
});

it('folds no policy of a session that changes something, and refuses what STS would', () => {
  expect(() => changingPolicy(MANY)).toThrow(/^the session policy has \d+ characters; STS takes/);
  const gets = MANY.map((action) => action.replace(/:(Describe|List)/, ':Get'));
  expect(() => readingPolicy(gets)).toThrow(/STS takes 2048/);
});

describe('a session for exact ARNs', () => {
  const ACTIONS = ['ecr:BatchDeleteImage', 'ecr:UpdateImageStorageClass'];
  const repositories = Array.from(
    { length: 40 },
    (_, at) => `ecr:eu-central-1:111122223333:repository/platform/team-${at}/service-of-that-team`,
  );

  it('is for as many as STS takes, in the partition with the longest name', () => {
    const fitting = arnsThatFit(ACTIONS, repositories);
    expect(fitting).toEqual(repositories.slice(0, fitting.length));
    expect(fitting.length).toBeGreaterThanOrEqual(17);
    expect(fitting.length).toBeLessThan(repositories.length);
    const named = (arns: readonly string[]) => arns.map((arn) => `arn:aws-us-gov:${arn}`);
    expect(changingPolicy(ACTIONS, named(fitting)).length).toBeLessThanOrEqual(2048);
    const oneMore = repositories.slice(0, fitting.length + 1);
    expect(() => changingPolicy(ACTIONS, named(oneMore))).toThrow(/STS takes 2048/);
  });

  it('is for all of a few, and for none of none', () => {
    expect(arnsThatFit(ACTIONS, repositories.slice(0, 3))).toHaveLength(3);
    expect(arnsThatFit(ACTIONS, [])).toEqual([]);
  });

  it('is refused where even one is too long', () => {
    const [long] = arnsThatFit(ACTIONS, ['x'.repeat(2048), ...repositories]);
    expect(() => changingPolicy(ACTIONS, [long!])).toThrow(/STS takes 2048/);
  });
});
