import { coverageOf } from '../../../core/summary/coverage.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { anOutcome, KIND, OTHER_ACCOUNT, OTHER_REGION } from '../../support/summaries/builders.ts';

const OTHER = 'elastic-ip';
const GLOBAL = 'cloudfront-distribution';
const MESSAGE = `User: arn:aws:sts::111122223333:assumed-role/orgsweep/${'x'.repeat(150)} is not authorized to perform: ec2:DescribeAddresses because no identity-based policy allows the ec2:DescribeAddresses action`;
const failure = { code: 'UnauthorizedOperation', message: MESSAGE, requestId: 'r' };
const DENIED = { status: 'ACCESS_DENIED', failure } as const;
const SEEN = { status: 'COMPLETE' } as const;

const byKind = (
  outcomes: readonly Partial<TargetOutcome>[],
  names = [KIND, OTHER],
  global: string[] = [],
) => coverageOf(outcomes.map(anOutcome), { names, global }).byKind;

it('counts each kind by itself, and a whole account that was not seen for each', () => {
  const outcomes = [
    { status: 'ACCESS_DENIED', looks: { [KIND]: SEEN, [OTHER]: DENIED } },
    { accountId: OTHER_ACCOUNT, looks: { [KIND]: SEEN, [OTHER]: SEEN } },
    { region: null, status: 'ROLE_UNAVAILABLE' },
    { region: null, status: 'EXCLUDED', excluded: 'ACCOUNT_SUSPENDED' },
  ] as const;
  expect(byKind(outcomes)).toEqual({
    [KIND]: { complete: 2, inScope: 3 },
    [OTHER]: { complete: 1, inScope: 3 },
  });
});

it('leaves out an accepted gap, and a kind that was left out with its Region', () => {
  const looks = { [KIND]: SEEN, [OTHER]: DENIED };
  const outcomes = [
    { status: 'ACCESS_DENIED', accepted: 'wanted', looks },
    { excluded: 'REGION_EXCLUDED', looks: { [GLOBAL]: SEEN } },
  ] as const;
  expect(byKind(outcomes, [KIND, OTHER, GLOBAL], [GLOBAL])).toMatchObject({
    [KIND]: { complete: 1, inScope: 1 },
    [OTHER]: { complete: 0, inScope: 0 },
  });
});

it('counts accounts for a global kind, whose other Regions tell nothing of it', () => {
  const outcomes = [
    { looks: { [KIND]: SEEN, [GLOBAL]: SEEN } },
    { region: OTHER_REGION, looks: { [KIND]: SEEN } },
    { accountId: OTHER_ACCOUNT, status: 'THROTTLED' },
    { accountId: OTHER_ACCOUNT, region: OTHER_REGION, looks: { [KIND]: SEEN } },
  ] as const;
  expect(byKind(outcomes, [KIND, GLOBAL], [GLOBAL])).toEqual({
    [KIND]: { complete: 3, inScope: 4 },
    [GLOBAL]: { complete: 1, inScope: 2, isGlobal: true },
  });
});

it('says nothing of a single kind', () => {
  expect(coverageOf([anOutcome()], { names: [KIND], global: [] })).not.toHaveProperty('byKind');
});

it('a gap has what each missing kind was refused, and the action that AWS names, however long', () => {
  const looks = { [KIND]: SEEN, [OTHER]: DENIED };
  const { gaps } = coverageOf([anOutcome({ status: 'ACCESS_DENIED', failure, looks })], {
    ...{ names: [KIND, OTHER], global: [] },
  });
  expect(gaps).toMatchObject([
    {
      missingKinds: [OTHER],
      kindFailures: {
        [OTHER]: { code: 'UnauthorizedOperation', action: 'ec2:DescribeAddresses' },
      },
    },
  ]);
  expect(gaps[0]?.kindFailures?.[OTHER]?.message.length).toBeLessThan(200);
});
