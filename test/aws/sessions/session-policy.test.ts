import { changingPolicy, readingPolicy } from '../../../aws/sessions/session-policy.ts';

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
