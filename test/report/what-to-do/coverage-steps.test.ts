import { GAP_CAUSES, type GapCause, REMEDIES } from '../../../report/gaps/gap-cause.ts';
import { stepsForCoverage } from '../../../report/what-to-do/coverage-steps.ts';
import { wrap } from '../../../report/format/layout.ts';
import type { Gap, Summary } from '../../../core/summary/summary.ts';
import { aGap, gapsIn } from '../../support/summaries/gaps.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const REGIONS = Array.from({ length: 17 }, (_, i) => `ap-southeast-${i + 1}`);
const LONG_NAME = 'payments and settlements, development environments of all teams';

function partial(gaps: readonly Gap[], given: Partial<Summary> = {}): Summary {
  const summary = completeReport();
  const { complete } = summary.coverage;
  const coverage = { ...summary.coverage, gaps: [...gaps], inScope: complete + gaps.length };
  return { ...summary, status: 'PARTIAL', coverage, ...given };
}
const whatOf = (...args: Parameters<typeof partial>) =>
  stepsForCoverage(partial(...args)).map(({ what, why = '' }) => `${what} ${why}`.trim());

it('a Region of many accounts is one step, with the first three by name', () =>
  expect(whatOf(gapsIn(30, ['sa-east-1'], 'DENIED_BY_SCP'))[0]).toBe(
    'Exempt the discovery role from the service control policy, for sa-east-1 in 30 accounts: account-1 (310000000001), account-2 (310000000002), account-3 (310000000003), 27 more (DENIED_BY_SCP).',
  ));

it('an account that is named with its Region is not named again', () => {
  const [first] = gapsIn(1, ['eu-west-1'], 'ACCESS_DENIED');
  const [, second] = gapsIn(2, ['us-east-1'], 'ACCESS_DENIED');
  expect(whatOf([first!, second!])[0]).toBe(
    'Give the discovery role the permissions that orgsweep needs, in eu-west-1 in account-1 (310000000001), us-east-1 in account-2 (310000000002) (ACCESS_DENIED).',
  );
});

it('whole accounts are counted, too', () =>
  expect(whatOf(gapsIn(10, [null], 'ROLE_UNAVAILABLE'))[0]).toBe(
    "Deploy the discovery role, or correct the role's trust policy, in 10 accounts: account-1 (310000000001), account-2 (310000000002), account-3 (310000000003), 7 more (ROLE_UNAVAILABLE).",
  ));

it('each cause is one step, the one with most places first', () =>
  expect(
    whatOf([
      ...gapsIn(2, ['sa-east-1'], 'ACCESS_DENIED'),
      ...gapsIn(30, ['us-east-1'], 'DENIED_BY_SCP'),
    ])
      .filter((text) => text.includes(' accounts'))
      .map((text) => /\((\w+)\)\.$/.exec(text)?.[1]),
  ).toEqual(['DENIED_BY_SCP', 'ACCESS_DENIED']));

it('what needs no fix is told with the retry, and counted once', () => {
  const otherFailures = [{ code: 'InternalError', message: 'no' }];
  const gaps = gapsIn(300, REGIONS, 'THROTTLED', { otherFailures });
  expect(whatOf(gaps)).toEqual([
    'Retry only what was not scanned. Nothing to fix, just wait: 17 Regions in 300 accounts (THROTTLED).',
  ]);
});

describe.each([1, 3, 50])('no step is longer than three lines, with %i accounts', (accounts) => {
  it.each<[string, GapCause]>(GAP_CAUSES.map((cause) => [cause, cause]))('%s', (_, cause) => {
    const shapes: Gap[][] = [
      gapsIn(accounts, [null], cause),
      gapsIn(accounts, ['ap-southeast-1'], cause, { accountName: LONG_NAME }),
      gapsIn(accounts, REGIONS, cause, { accountName: LONG_NAME }),
      [...gapsIn(accounts, [null], cause), ...gapsIn(accounts + 1, REGIONS.slice(0, 3), cause)],
      REGIONS.flatMap((region, i) => gapsIn(accounts + i, [region], cause)),
    ];
    for (const gaps of shapes)
      for (const { what, why } of stepsForCoverage(partial(gaps))) {
        const text = [what, ...(why === undefined ? [] : [why])].join(' ');
        expect(wrap(text, '  12. ').length).toBeLessThanOrEqual(3);
      }
  });
});

it('of all causes at once, the retry is as short, with its whole command', () => {
  const gaps = GAP_CAUSES.flatMap((cause, i) => gapsIn(40 + i, REGIONS, cause));
  const steps = stepsForCoverage(partial(gaps));
  const last = steps.at(-1);
  expect(wrap(`${last?.what} ${last?.why}`, '  12. ').length).toBeLessThanOrEqual(3);
  expect(last?.command?.command).toBe('orgsweep start --retry weekly-2026-11-21 --hub');
  const toFix = GAP_CAUSES.filter((cause) => REMEDIES[cause] !== 'WAIT');
  expect(steps.map(({ what }) => what).slice(3)).toEqual([
    expect.stringMatching(
      new RegExp(
        `^Mend ${toFix.length - 3} other causes, of [\\d,]+ account-Regions: see the report\\.$`,
      ),
    ) as string,
    expect.stringMatching(/^Or accept/) as string,
    expect.stringMatching(/^Then retry/) as string,
  ]);
});

it('one gap names its place', () =>
  expect(whatOf([aGap('ACCESS_DENIED')])[0]).toBe(
    'Give the discovery role the permissions that orgsweep needs, in sa-east-1 in shop-prod (111122223333) (ACCESS_DENIED).',
  ));

describe('what accepts the gaps that may be wanted', () => {
  const acceptOf = (gaps: readonly Gap[], given: Partial<Summary> = {}) =>
    stepsForCoverage(partial(gaps, given)).find(({ what }) => what.includes('accept'));
  const many = gapsIn(60, ['us-east-1'], 'DENIED_BY_SCP');

  it('is the JSON itself, where it is short', () => {
    const step = acceptOf([aGap('DENIED_BY_SCP')]);
    expect(step?.what).toBe('Or accept the gaps you want to keep (1 account-Region).');
    expect(JSON.parse(step?.command?.command ?? '')).toEqual({
      scope: {
        accepted: [
          {
            ...{ accounts: ['111122223333'], regions: ['sa-east-1'] },
            reason: 'Denied by a service control policy (seen 2026-11-21)',
          },
        ],
      },
    });
  });

  it('is named by its file, where there is no room for it, as in a chat', () =>
    expect(acceptOf(many)?.short).toBe(
      'Or accept the gaps you want to keep (60 account-Regions): accepted.json, beside the report, says how.',
    ));

  it('is in a file of the run, where it is long, and how to get that', () =>
    expect(acceptOf(many)?.command).toEqual({
      lead: "Add accepted.json to the run's input, with your reasons",
      command: 'aws s3 cp s3://orgsweep-111122223333/executions/weekly-2026-11-21/accepted.json .',
    }));

  it.each([
    ['/home/ada/out/executions/e-1', '/home/ada/out/executions/e-1/accepted.json'],
    ['C:\\out\\executions\\e-1\\', 'C:\\out\\executions\\e-1\\accepted.json'],
  ])('is where the files of a local run are: %s', (location, file) =>
    expect(acceptOf(many, { location })?.command?.command).toBe(file),
  );

  it('is no step where every gap is to be mended', () =>
    expect(acceptOf(gapsIn(3, ['sa-east-1'], 'ACCESS_DENIED'))).toBeUndefined());
});
