import { createRules } from '../../../report/commands/aws-commands.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const RULE =
  '--resource-type EBS_SNAPSHOT --retention-period RetentionPeriodValue=30,RetentionPeriodUnit=DAYS --resource-tags ResourceTagKey=orgsweep:marked,ResourceTagValue=true';
const snapshots = {
  kind: 'ebs-snapshot',
  keeps: { resourceType: 'EBS_SNAPSHOT', mostDays: 365 },
} as const;
const ran = { location: '/o/executions/e-1', startedBy: null };
const places = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ kind: 'ebs-snapshot', accountId: `11112222333${i % 10}`, region: 'eu-west-1' },
    ...{ held: 1, why: 'NO_RULE' as const, failure: null },
  }));

describe('the command that creates a Recycle Bin rule', () => {
  it('is one call for one place, with the profile of its account', () =>
    expect(createRules(ran, snapshots, places(1)).command).toBe(
      `aws rbin create-rule --profile 111122223330 --region eu-west-1 ${RULE}`,
    ));

  it('needs no profile where the run had the credentials of the account itself', () =>
    expect(
      createRules(
        { ...ran, startedBy: { program: 'x', options: ['--self'] } },
        snapshots,
        places(1),
      ).command,
    ).toBe(`aws rbin create-rule --region eu-west-1 ${RULE}`));

  it('is a loop over a few places', () =>
    expect(createRules(ran, snapshots, places(2)).command).toBe(
      `for at in 111122223330/eu-west-1 111122223331/eu-west-1; do aws rbin create-rule --profile "\${at%/*}" --region "\${at#*/}" ${RULE}; done`,
    ));

  it('takes very many places from summary.json, so that it stays as short', () => {
    const { command } = createRules(
      { ...ran, location: 's3://b-1/executions/e-1/' },
      snapshots,
      places(3200),
    );
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

  it('is for the type of its kind, and for no more days than AWS keeps that', () => {
    const keeps = { resourceType: 'EBS_VOLUME', mostDays: 7 } as const;
    const { command } = createRules(ran, { kind: 'ebs-volume', keeps }, places(1));
    expect(command).toContain(
      '--resource-type EBS_VOLUME --retention-period RetentionPeriodValue=7,RetentionPeriodUnit=DAYS',
    );
    const many = createRules(ran, { kind: 'ebs-volume', keeps }, places(9)).command;
    expect(many).toContain('select((.kind // "ebs-snapshot")=="ebs-volume" and');
  });

  it('is one for each kind that lacks one, which is named where there are several', () => {
    const summary = completeReport();
    const [place] = places(1);
    const of = (kinds: readonly string[]): Summary => ({
      ...summary,
      input: { ...summary.input, remove: ['box', 'ebs-snapshot'] },
      words: {
        'ebs-snapshot': wordsIn(summary)['ebs-snapshot']!,
        box: {
          ...{ one: 'box', many: 'boxes', reasons: {} },
          recycleBin: { resourceType: 'EBS_VOLUME', mostDays: 7 },
        },
      },
      plan: { ...summary.plan!, withoutRecycleBinRule: kinds.map((kind) => ({ ...place!, kind })) },
    });
    const steps = (given: Summary) =>
      nextSteps(given)
        .filter(({ what }) => what.startsWith('Create a Recycle Bin rule'))
        .map(({ what, command }) => [what, command?.command]);
    expect(steps(of(['box', 'ebs-snapshot']))).toEqual([
      [
        expect.stringMatching(/^Create a Recycle Bin rule for boxes on the tag/),
        expect.stringContaining('--resource-type EBS_VOLUME'),
      ],
      [
        expect.stringMatching(/^Create a Recycle Bin rule for snapshots on the tag/),
        expect.stringContaining('--resource-type EBS_SNAPSHOT'),
      ],
    ]);
    expect(steps(of(['box']))).toEqual([
      [
        expect.stringMatching(/^Create a Recycle Bin rule on the tag/),
        expect.stringContaining('--resource-type EBS_VOLUME'),
      ],
    ]);
  });
});
