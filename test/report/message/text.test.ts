import { organizationUnavailable } from '../../../core/scope/organization-unavailable.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { message, renderFailure, renderText } from '../../../report/message/text.ts';
import { unreadableDatesInWords } from '../../../report/sections/unreadable-dates.ts';
import type { Message } from '../../../report/message/text.ts';
import { type Ended, makeSummary } from '../../../core/summary/make-summary.ts';
import { anInput, anOutcome, aPolicy, KIND, someCounts } from '../../support/summaries/builders.ts';
import { expectGolden } from '../../support/golden.ts';
import { toRead } from '../../support/summaries/to-read.ts';
import {
  allRemoved,
  anEndedExecution,
  completeReport,
  decidedOn,
  everythingHeld,
  failedStep,
  firstLookWithoutPrices,
  largeOrganization,
  mixedRemovals,
  nothingInScope,
  partialReport,
  refusedPlan,
  tooMuchStale,
} from '../../support/summaries/summaries.ts';

const badInput = () =>
  renderFailure(
    'weekly-2026-11-21',
    {
      name: 'InvalidInput',
      message:
        'input.scope.accounts[0]: "1111" – accepted: 12 digits; input.mode: "purge" – accepted: "report", "delete"',
    },
    'NOT_BEGUN',
  );

const unlisted = () =>
  renderFailure(
    'weekly-2026-11-21',
    organizationUnavailable({
      code: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    }),
    'NOT_BEGUN',
  );

const rejected = {
  ...{ decision: 'REJECTED' as const, at: '2026-11-21T15:04:05.000Z', removalsAllowed: false },
  by: { caller: 'arn:aws:sts::111122223333:assumed-role/orgsweep-approver/ada', verified: true },
};
const expired = { ...rejected, decision: 'EXPIRED' as const, by: null };

const executions: [string, string, () => Message][] = [
  ['complete-report', 'COMPLETE', () => renderText(completeReport())],
  ['all-removed', 'COMPLETE', () => renderText(allRemoved())],
  ['first-look-without-prices', 'COMPLETE', () => renderText(firstLookWithoutPrices())],
  ['large-organization', 'PARTIAL', () => renderText(largeOrganization())],
  ['partial-report', 'PARTIAL', () => renderText(partialReport())],
  ['mixed-removals', 'INCOMPLETE', () => renderText(mixedRemovals())],
  ['refused-plan', 'REFUSED', () => renderText(refusedPlan())],
  ['too-much-stale', 'REFUSED', () => renderText(tooMuchStale())],
  ['everything-held', 'COMPLETE', () => renderText(everythingHeld())],
  ['failed-step', 'FAILED', () => renderText(failedStep())],
  ['nothing-in-scope', 'PARTIAL', () => renderText(nothingInScope())],
  ['rejected', 'UNAPPROVED', () => renderText(decidedOn(rejected))],
  ['expired', 'UNAPPROVED', () => renderText(decidedOn(expired))],
  ['did-not-start', 'FAILED', badInput],
  ['organization-unavailable', 'FAILED', unlisted],
];

describe.each(executions)('the message of %s', (name, word, render) => {
  const { subject, body } = render();

  it('reads as the golden file', () => {
    expectGolden(`${name}.golden.txt`, `Subject: ${subject}\n\n${body}`);
  });

  it('says how it ended first', () => {
    expect(subject.split(' ')[0]).toBe(word);
    expect(body.split(' ')[0]).toBe(word);
  });

  it('is as SNS and a mail program need it', () => {
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(Math.max(...toRead(body).map(({ length }) => length))).toBeLessThanOrEqual(78);
    expect(body).not.toMatch(/[^\S\n]$|\n\n\n/m);
  });
});

describe('a message about very much', () => {
  const evil = `naïve\u202e\u0000\r\nname ${'漢'.repeat(300)}`;
  const statuses = ['ROLE_UNAVAILABLE', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'THROTTLED', 'FAILED'];
  const outcomes = Array.from({ length: 3000 }, (_, i) =>
    anOutcome({
      accountId: String(100000000000 + i),
      accountName: evil,
      region: `eu-west-${(i % 60) + 1}`,
      status: statuses[i % 5] as 'FAILED',
      failure: { code: evil, message: evil, operation: evil },
    }),
  );
  const ended = anEndedExecution();
  const summary = makeSummary({
    ...ended,
    outcomes: [...outcomes, ...ended.outcomes],
    failure: { step: 'Plan', error: evil, message: evil.repeat(50) },
    notLookedAt: Array.from({ length: 100 }, (_, i) => `${i}${evil}`),
  });
  const { subject, body } = renderText(summary);

  it('stays within 25 KB of text, on lines that fit', () => {
    expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(25_000);
    expect(Math.max(...toRead(body).map(({ length }) => length))).toBeLessThanOrEqual(78);
  });

  it('still ends with where the full report is and what to do', () => {
    expect(body).toMatch(/\n\nWHAT TO DO\n {2}1\. [^]*\n\nFULL REPORT.*\n {4}https:.*\n.*\n$/);
  });

  it('has a harmless subject of one line', () => {
    expect(subject).toMatch(/^FAILED [\x20-\x7e]{1,92}$/);
    expect(body).not.toMatch(/[\u0000\r\u202e]/);
  });
});

describe('a message about 1,000 accounts in 17 Regions, with 3,000 gaps', () => {
  const causes = [
    ['ROLE_UNAVAILABLE', 'AccessDenied', 'not authorized to perform: sts:AssumeRole'],
    ['ACCESS_DENIED', 'UnauthorizedOperation', 'You are not authorized to perform this operation.'],
    ['THROTTLED', 'RequestLimitExceeded', 'Request limit exceeded.'],
  ] as const;
  const fiveStale = someCounts({ resources: 60, verdicts: { STALE: 5, KEEP: 55, UNKNOWN: 0 } });
  const outcomes = Array.from({ length: 17_000 }, (_, i) => {
    const [status, code, message] = causes[i % 3] ?? causes[0];
    const accountId = String(100000000000 + Math.floor(i / 17));
    const target = {
      accountId,
      accountName: `workload-${Math.floor(i / 17)}`,
      region: `eu-west-${(i % 17) + 1}`,
    };
    return i % 17 < 3
      ? anOutcome({
          ...target,
          status,
          failure: { code, message, operation: 'ec2:DescribeVolumes' },
        })
      : anOutcome({ ...target, kinds: { 'ebs-snapshot': fiveStale } });
  });
  const { subject, body } = renderText(makeSummary({ ...anEndedExecution(), outcomes }));

  it('says in its subject and first lines how much was seen, and what is stale', () => {
    expect(subject).toMatch(
      /^PARTIAL orgsweep: up to \$17\/month can be saved now .*, 14,000\/17,000 account-Regions$/,
    );
    expect(subject.length).toBeLessThan(100);
    expect(body).toMatch(
      /^PARTIAL 14,000 of 17,000 account-Regions scanned. 3,000 could not be scanned\.\nUp to \$17 a month can be saved now \(41 of 70,000 unused snapshots, /,
    );
  });

  it('counts every gap, names the causes there is room for, and keeps every section within 25 KB', () => {
    expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(25_000);
    expect(body).not.toContain('cut here');
    const flat = body.replace(/\s+/g, ' ');
    for (const words of ['is missing or does not trust', 'permission denied'])
      expect(flat).toMatch(new RegExp(`: [^:]*${words}[^:]* \\(1,000\\)`));
    expect(flat).toContain('1 other cause: 1,000 account-Regions');
    for (const title of ['FROM UNUSED', 'COVERAGE', 'THIS RUN', 'FULL REPORT', 'WHAT TO DO'])
      expect(body).toContain(`\n${title}`);
  });
});

it('ends in its tail, whole, and says so where it had to be cut before', () => {
  const head = Array.from({ length: 5000 }, (_, i) => `line ${i}`);
  const { body } = message('COMPLETE', head, ['', 'WHAT TO DO', '  Nothing.']);
  expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(25_000);
  expect(body).toMatch(/line \d+\n\(cut here.*\)\n\nWHAT TO DO\n {2}Nothing\.\n$/);
});

describe('the failure of an execution without facts', () => {
  it('claims that nothing was removed only where nothing can have been started', () => {
    const claim = 'nothing was deleted';
    expect(badInput().body.replaceAll('\n', ' ')).toContain(claim);
    const crash = new TypeError('x');
    expect(renderFailure('e-1', crash, 'NOT_BEGUN').body.replaceAll('\n', ' ')).toContain(claim);
    expect(renderFailure('e-1', crash, 'BEGUN').body).not.toContain(claim);
  });

  it('says of a run that was to take up another that it took up nothing, and what to give again', () => {
    const crash = { name: 'Throttled', message: 'no room' };
    const { body } = renderFailure('e-1', crash, 'NOT_BEGUN');
    expect(body.replaceAll(/\s+/g, ' ')).toContain(
      'Remove the cause of the error, then start a new run. If this run was to resume another, it did not. Use --resume again.',
    );
  });

  it.each(['many faults; '.repeat(500), 'x'.repeat(10_000), `${'名'.repeat(1_999)}; `.repeat(10)])(
    'has at most 60 lines, and says how much more the error is, and what to do (%#)',
    (text) => {
      const { body } = renderFailure('e-1', { name: 'InvalidInput', message: text }, 'NOT_BEGUN');
      expect(body.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
      expect(body).toContain('Correct the input and start a new run.');
      if (text.includes(';')) expect(body).toMatch(/^ {2}\([\d,]+ more lines of the error\)$/m);
    },
  );

  it('is bounded, whatever the error says', () => {
    const endless = {
      name: 'TypeError'.repeat(50),
      message: `${'x'.repeat(100_000)}\n\n${'y; '.repeat(100_000)}`,
    };
    const { subject, body } = renderFailure('e'.repeat(80), endless, 'BEGUN');
    expect(subject.length).toBeLessThan(100);
    expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(25_000);
    expect(body).toContain('WHAT TO DO');
  });
});

it('names the files, and why, where the page could not be made', () => {
  const summary = { ...completeReport(), reportFailure: 'disk full' };
  const { body } = renderText(summary);
  expect(body).toContain('could not be made: disk full');
  expect(body).toContain(summary.location);
  expect(body).not.toContain('report.html');
});

describe('an execution that saw nothing of what was in scope', () => {
  const gap = anOutcome({
    status: 'ACCESS_DENIED',
    failure: { code: 'AccessDenied', message: '' },
  });
  const { subject, body } = renderText(makeSummary(anEndedExecution({ outcomes: [gap] })));

  it('never says that nothing is stale', () => {
    expect(subject).toBe('PARTIAL orgsweep: nothing could be scanned, 0/1 account-Regions');
    expect(body.split('\n\n')[0]).not.toMatch(/no(thing|ne) [^,]*unused/i);
  });
});

describe('what nobody knows', () => {
  const told = (given: Partial<Ended>) => renderText(makeSummary(anEndedExecution(given))).body;

  it('a change that nobody worked out is not called none', () => {
    expect(told({ change: null })).toContain('Changes are not known: there was no plan');
    expect(told({ change: null })).not.toContain('still unused');
  });

  it('a history without an execution before is no first look', () => {
    expect(told({ previousExecutionId: null })).not.toContain('First run here');
  });

  it('a past that can not be read is told', () => {
    const body = told({ pastFailure: 'timeline.json is broken' });
    expect(body).toContain('Not all of the past is known');
  });
});

describe('a whole account that could not be looked at', () => {
  const denied = { status: 'ROLE_UNAVAILABLE' as const };
  const of = (...gaps: Parameters<typeof anOutcome>[0][]) =>
    renderText(
      makeSummary(anEndedExecution({ outcomes: [anOutcome({}), ...gaps.map(anOutcome)] })),
    ).body.replace(/\s+/g, ' ');
  const account = { ...denied, accountId: '666622223333', region: null };
  const region = { ...denied, accountId: '777722223333' };
  const definition = 'A whole account counts as one.';

  it('is told apart from a Region, and how it is counted', () => {
    expect(of(account, region)).toContain('2 could not be scanned (1 Region, 1 whole account).');
    expect(of(account)).toContain('1 could not be scanned (1 whole account).');
    expect(of(account)).toContain(definition);
  });

  it('is no word where there is none', () => {
    expect(of(region)).toContain('1 could not be scanned.');
    expect(of(region)).not.toContain(definition);
  });
});

it('after deletions, what was compared before is told as such, and what was deleted of it', () => {
  const body = renderText(allRemoved()).body.replace(/\s+/g, ' ');
  expect(body).toContain(
    'Changed since weekly-2026-11-14, before this run deleted: 12 newly unused',
  );
  expect(body).toContain(', 160 GiB of it deleted by this run.');
  expect(body).toContain('ACCOUNTS (unused when scanned, ');
  expect(renderText(completeReport()).body).not.toMatch(
    /when scanned|by this run|this run deleted/,
  );
});

it('says which tags of the policy protect', () => {
  const input = anInput({ policy: aPolicy({ protectTags: ['Retain', 'Backup=yes'] }) });
  expect(renderText(makeSummary(anEndedExecution({ input }))).body).toContain(
    'Protected by tag: Retain, Backup=yes',
  );
  expect(renderText(completeReport()).body).not.toContain('Protected by tag');
});

it('says which keep-until dates nobody can read, and how to write them', () => {
  const example = { resourceId: 'snap-0ab', value: '31.12.2026\nIt is stale' };
  const kinds = { [KIND]: someCounts({ resources: 3 }) };
  const unreadableDates = { resources: 3, examples: [example] };
  const outcomes = [anOutcome({ kinds, unreadableDates })];
  const summary = makeSummary(anEndedExecution({ outcomes }));
  const words =
    'The date in orgsweep:keep-until of 3 resources cannot be read, so the tag protects for good. Write YYYY-MM-DD, such as 2026-12-31. Found: such as snap-0ab in';
  expect(unreadableDatesInWords(summary)).toContain(`${words} 111122223333, eu-west-1 (`);
  const [, after = ''] = renderText(summary).body.replace(/\s+/g, ' ').split('NOT TRUSTED - ');
  expect(after).toContain(words.slice(0, 120));
  expect(renderTable(summary, 100).join(' ')).toContain('The date in orgsweep:keep-until');
  expect(renderText(completeReport()).body).not.toContain('keep-until');
  expect(renderTable(completeReport(), 100).join(' ')).not.toContain('keep-until');
});

it('a refused plan is not said to have had nothing in it', () => {
  expect(renderText(refusedPlan()).body).not.toContain('Nothing was to be removed');
});

it('what it is worth is never cut: what explains it goes first', () => {
  const text = renderText(tooMuchStale()).body;
  expect(text).toContain('All of it needs a decision: up to $24 a month.\n');
});

describe('charges besides storage', () => {
  const body = (unpricedUnits: number, monthlyCostUsdUpTo: number) => {
    const extra = { resources: 84, units: 84, monthlyCostUsdUpTo, unpricedUnits };
    const counts = someCounts({ resources: 84, extraCharges: { 'fast-restore': extra } });
    const outcomes = [anOutcome({ kinds: { [KIND]: counts } })];
    return renderText(makeSummary(anEndedExecution({ outcomes }))).body.replace(/\s+/g, ' ');
  };

  it('are told per snapshot and zone, and priced for as many as have a price', () => {
    expect(body(60, 13_392)).toContain(
      'Enabled 84 times (snapshot × zone): 24 with a known price cost up to $13,392 a month.',
    );
  });

  it('are worth a look without any price, too', () => {
    expect(body(84, 0)).toContain(
      'Do you still need fast snapshot restore? Enabled 84 times (snapshot × zone), no known price.',
    );
  });
});

it.each([
  ['ended with the run', { simulated: true }],
  ['is kept in a folder', { startedBy: { program: 'orgsweep', options: ['--simulated'] } }],
])('says that the AWS CLI does not reach a simulated organization that %s', (_, ran) => {
  const title = 'WHAT TO DO (aws: only in a real organization';
  expect(renderText(everythingHeld()).body).not.toContain(title);
  expect(renderText({ ...everythingHeld(), ...ran }).body).toContain(title);
});
