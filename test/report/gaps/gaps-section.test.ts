import { causesOf, GAP_CAUSES } from '../../../report/gaps/gap-cause.ts';
import { gapsSection } from '../../../report/gaps/gaps-section.ts';
import { toText } from '../../../report/parts/section.ts';
import type { Coverage, Gap } from '../../../core/summary/summary.ts';
import { aGap, gapsIn } from '../../support/summaries/gaps.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const NOTHING_ELSE: Coverage = {
  ...completeReport().coverage,
  ...{ complete: 100, acceptedGaps: [], excluded: 0, excludedByReason: {} },
};
const REGIONS = Array.from({ length: 17 }, (_, i) => `eu-west-${i + 1}`);

const told = (gaps: readonly Gap[], given: Partial<Coverage> = {}) => {
  const inScope = NOTHING_ELSE.complete + gaps.length;
  const percent = Math.floor((NOTHING_ELSE.complete * 1000) / inScope) / 10;
  const coverage = { ...NOTHING_ELSE, inScope, percent, gaps: [...gaps], ...given };
  // Without the blank line before, and the title.
  return toText(gapsSection({ coverage })).slice(2);
};
const pointsOf = (...args: Parameters<typeof told>) =>
  told(...args)
    .join('\n')
    .replace(/\n {4}/g, ' ')
    .split('\n')
    .filter((line) => line.startsWith('  - '))
    .map((line) => line.slice(4));

it.each(GAP_CAUSES)('there is a gap of the cause %s to test with', (cause) =>
  expect(causesOf(aGap(cause))[0]).toBe(cause),
);

it('all that is scanned is one line', () =>
  expect(told([], { inScope: 63, complete: 63, percent: 100, excluded: 9 })).toEqual([
    '  Scanned 63 of 63 account-Regions in scope (100%). Excluded: 9.',
  ]));

it('a Region of many accounts is one line, with how many', () =>
  expect(pointsOf(gapsIn(30, ['sa-east-1'], 'DENIED_BY_SCP'))).toEqual([
    'sa-east-1 in 30 accounts: denied by a service control policy',
  ]));

it('several Regions of many accounts say how many account-Regions that is', () =>
  expect(pointsOf(gapsIn(10, ['eu-south-1', 'sa-east-1'], 'DENIED_BY_SCP'))).toEqual([
    'eu-south-1, sa-east-1 in 10 accounts: denied by a service control policy (20)',
  ]));

it('Regions with other accounts stand apart, what covers most first', () =>
  expect(
    pointsOf([
      ...gapsIn(26, ['me-south-1'], 'DENIED_BY_SCP'),
      ...gapsIn(30, ['sa-east-1'], 'DENIED_BY_SCP'),
    ]),
  ).toEqual([
    'sa-east-1 in 30 accounts, me-south-1 in 26 accounts: denied by a service control policy (56)',
  ]));

it('one account is named, and its Regions are counted', () =>
  expect(pointsOf(REGIONS.slice(0, 6).map((region) => aGap('ACCESS_DENIED', { region })))).toEqual([
    '6 Regions in shop-prod (111122223333): permission denied',
  ]));

it('whole accounts are told as such, and how they count', () => {
  const gaps = gapsIn(10, [null], 'ROLE_UNAVAILABLE');
  expect(pointsOf(gaps)).toEqual([
    '10 accounts: the discovery role is missing or does not trust the hub',
  ]);
  expect(told(gaps).join(' ').replace(/\s+/g, ' ')).toContain('A whole account counts as one.');
});

it('a whole account comes before Regions that are fewer than it may have', () => {
  const gaps = [
    ...REGIONS.slice(0, 3).map((region) => aGap('DENIED_BY_SCP', { region })),
    ...gapsIn(2, [null], 'ROLE_UNAVAILABLE'),
  ];
  expect(pointsOf(gaps).map((text) => text.split(':')[0])).toEqual([
    '2 accounts',
    'eu-west-1, eu-west-2, eu-west-3 in shop-prod (111122223333)',
  ]);
});

it('an accepted gap has its reason, and what is excluded has its own, on one line each', () => {
  const acceptedGaps = [
    ...gapsIn(3, ['sa-east-1'], 'DENIED_BY_SCP', {
      accepted: `closed on purpose ${'x'.repeat(180)}`,
    }),
    aGap('DENIED_BY_SCP', { accepted: 'another' }),
  ];
  const excludedByReason = { REGION_NOT_ENABLED: 8, ACCOUNT_SUSPENDED: 1 };
  const lines = told([], { acceptedGaps, excludedByReason });
  expect(lines.slice(-2)).toEqual([
    '  - Accepted: 3 account-Regions, closed on purpose xx... (1 for other reasons)',
    '  - Excluded: Region not enabled in the account (8), account suspended (1)',
  ]);
});

describe('gaps of every cause in every Region', () => {
  const causes = (accounts: number) =>
    GAP_CAUSES.flatMap((cause, i) => gapsIn(accounts, REGIONS.slice(0, 1 + (i % 17)), cause));

  it.each([1, 20, 100])('fit in ten lines, of %i accounts', (accounts) => {
    const everything = {
      excluded: 123_456,
      excludedByReason: {
        ...{ REGION_NOT_ENABLED: 100_000, REGION_NOT_IN_SCOPE: 20_000, ACCOUNT_SUSPENDED: 3_000 },
        ...{ ACCOUNT_CLOSED: 400, ACCOUNT_EXCLUDED: 50, ACCOUNT_PENDING_ACTIVATION: 6 },
      },
      acceptedGaps: gapsIn(accounts, [null], 'DENIED_BY_SCP', { accepted: 'wanted '.repeat(25) }),
    };
    expect(told(causes(accounts), everything).length + 1).toBeLessThanOrEqual(10);
  });

  it.each([1, 100])('lose no count, of %i accounts', (accounts) => {
    const gaps = causes(accounts);
    const counts = pointsOf(gaps).map((text) => {
      const others = /^\d+ other causes: ([\d,]+) account-Regions?$/.exec(text)?.[1];
      const whole = /\(([\d,]+)\)$/.exec(text)?.[1];
      const single = /^(\d+) Regions in account/.exec(text)?.[1];
      return Number((others ?? whole ?? single ?? 'none').replaceAll(',', ''));
    });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(gaps.length);
  });
});
