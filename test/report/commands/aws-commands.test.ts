import { createRules } from '../../../report/commands/aws-commands.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const RULE =
  '--resource-type EBS_SNAPSHOT --retention-period RetentionPeriodValue=30,RetentionPeriodUnit=DAYS --resource-tags ResourceTagKey=orgsweep:marked,ResourceTagValue=true';
const ran = { location: '/o/executions/e-1', startedBy: null };
const places = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ accountId: `11112222333${i % 10}`, region: 'eu-west-1' },
    ...{ held: 1, why: 'NO_RULE' as const, failure: null },
  }));

describe('the command that creates a Recycle Bin rule', () => {
  it('is one call for one place, with the profile of its account', () =>
    expect(createRules(ran, places(1)).command).toBe(
      `aws rbin create-rule --profile 111122223330 --region eu-west-1 ${RULE}`,
    ));

  it('needs no profile where the run had the credentials of the account itself', () =>
    expect(
      createRules({ ...ran, startedBy: { program: 'x', options: ['--self'] } }, places(1)).command,
    ).toBe(`aws rbin create-rule --region eu-west-1 ${RULE}`));

  it('is a loop over a few places', () =>
    expect(createRules(ran, places(2)).command).toBe(
      `for at in 111122223330/eu-west-1 111122223331/eu-west-1; do aws rbin create-rule --profile "\${at%/*}" --region "\${at#*/}" ${RULE}; done`,
    ));

  it('takes very many places from summary.json, so that it stays as short', () => {
    const { command } = createRules({ ...ran, location: 's3://b-1/executions/e-1/' }, places(3200));
    expect(command.length).toBeLessThan(600);
    expect(command).toMatch(/^aws s3 cp s3:\/\/b-1\/executions\/e-1\/summary\.json - \| jq -r /);
  });

  it('is left to the StackSet where a hub rolls the rules out', () => {
    const summary = completeReport();
    const of = (count: number): Summary => ({
      ...summary,
      plan: { ...summary.plan!, withoutRecycleBinRule: places(count) },
    });
    const commandOf = (given: Summary) =>
      nextSteps(given).find(({ what }) => what.startsWith('Create a Recycle Bin rule'))?.command;
    expect(commandOf(of(8))?.command).toMatch(/^for at in/);
    expect(commandOf(of(9))?.command).toBe('npm run cdk -- deploy OrgsweepSpokes');
    expect(commandOf({ ...of(9), hubName: null })?.command).toContain('| jq -r ');
  });
});
