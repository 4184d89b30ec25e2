import type { EnteredState, PastExecution } from '../../../core/scope/past-execution.ts';
import { preparedIn, whereToGoOn } from '../../../steps/resume/where-to-go-on.ts';

const STARTED = new Date('2026-11-23T06:00:00.000Z');
const at = (minutes: number) => new Date(STARTED.getTime() + minutes * 60_000);
const NOW = at(120);
const DIGEST = 'a'.repeat(64);
/** What Prepare gave, of a version that knew nothing of resuming. */
const prepared = {
  ...{ executionId: 'old', accountCount: 2, accountsKey: 'a', mapResultsPrefix: 'm' },
  ...{ expectedDigest: DIGEST, mode: 'delete', approval: 'required' },
};
const plan = { planStatus: 'READY', planDigest: 'p' };
const planned = { ...prepared, plan };
const caught = { Error: 'Broken', Cause: null };

const states = (...entered: [string, unknown][]): EnteredState[] =>
  entered.map(([name, input], minute) => ({ name, at: at(minute), input }));
const SCANNED: [string, unknown][] = [
  ['Prepare', { mode: 'delete' }],
  ['AnyAccounts', prepared],
  ['ScanAccounts', prepared],
  ['Plan', prepared],
];
const PLANNED: [string, unknown][] = [...SCANNED, ['AnythingToRemove', planned]];
const past = (entered: EnteredState[], more: Partial<PastExecution> = {}): PastExecution => ({
  ...{ executionId: 'old', status: 'FAILED', error: 'ExecutionFailed', startedAt: STARTED },
  ...{ stoppedAt: at(60), entered },
  ...more,
});
const ended = (summarized: unknown): [string, unknown][] => [
  ['Summarize', summarized],
  ['Publish', {}],
  ['Verdict', {}],
  ['Failed', {}],
];

describe('is taken up at its plan', () => {
  it.each<[string, [string, unknown][], Partial<PastExecution>]>([
    ['whose Plan failed', [...SCANNED, ...ended({ ...prepared, error: caught })], {}],
    ['that was stopped in it', SCANNED, { status: 'ABORTED' }],
    [
      'whose Summarize failed as well',
      [...SCANNED, ['Summarize', { ...prepared, error: caught }]],
      { error: 'SummarizeFailed' },
    ],
  ])('one %s, as of the end of its scan', (_, entered, more) => {
    expect(whereToGoOn(past(states(...entered), more), NOW)).toEqual({
      ...{ at: 'PLAN', prepared, startedAt: STARTED, scannedAt: at(3), carried: {} },
    });
  });

  it('at most a day after it began, and not one after the one that took it up did', () => {
    const entered = states(...SCANNED);
    const day = at(24 * 60);
    expect(whereToGoOn(past(entered), day)).toMatchObject({ at: 'PLAN' });
    const later = new Date(day.getTime() + 1);
    expect(whereToGoOn(past(entered), later)).toEqual({
      refused: expect.stringContaining('24 hours'),
    });
    const resumed = {
      ...{ by: 'new', at: at(60).toISOString(), startedAt: STARTED.toISOString() },
      scannedAt: at(3).toISOString(),
    };
    const newer = states(['GoOnAt', { ...prepared, resumed }], ['Plan', { ...prepared, resumed }]);
    const of = past(newer, { executionId: 'new', startedAt: at(60) });
    expect(whereToGoOn(of, day)).toMatchObject({ at: 'PLAN', scannedAt: at(3) });
    expect(whereToGoOn(of, later)).toHaveProperty('refused');
  });
});

describe('is taken up at its summary', () => {
  it('one whose Summarize failed, with what it had', () => {
    const entered = states(...PLANNED, ['Summarize', { ...planned, notApproved: caught }]);
    const year = at(365 * 24 * 60);
    expect(whereToGoOn(past(entered, { error: 'SummarizeFailed' }), year)).toMatchObject({
      at: 'SUMMARIZE',
      carried: { plan: { planDigest: 'p' }, notApproved: { Error: 'Broken' } },
    });
  });

  it('one whose message could not be sent', () => {
    const entered = states(...PLANNED, ['Summarize', planned], ['Publish', {}]);
    expect(whereToGoOn(past(entered, { error: 'SNS.NotFoundException' }), NOW)).toMatchObject({
      at: 'SUMMARIZE',
    });
  });

  it('one that was stopped while it waited, as not approved', () => {
    const entered = states(...PLANNED, ['ShowPlan', planned], ['AwaitApproval', planned]);
    expect(whereToGoOn(past(entered, { status: 'ABORTED' }), NOW)).toMatchObject({
      at: 'SUMMARIZE',
      carried: { notApproved: { Error: 'Interrupted' } },
    });
  });

  it('one that was stopped while it deleted, once nothing can be deleted any more', () => {
    const entered = states(...PLANNED, ['RemoveTargets', planned]);
    const of = past(entered, { status: 'TIMED_OUT', stoppedAt: at(60) });
    expect(whereToGoOn(of, at(74))).toEqual({
      refused: expect.stringContaining('may do so until 2026-11-23T07:15:00.000Z'),
    });
    const later = whereToGoOn(of, at(76));
    expect(later).toMatchObject({ at: 'SUMMARIZE' });
    expect(later).not.toHaveProperty('carried.notApproved');
  });
});

describe('is not taken up', () => {
  it.each<[string, [string, unknown][], Partial<PastExecution>, string]>([
    ['one that runs', [], { status: 'RUNNING' }, 'it still runs'],
    ['one of which nothing was prepared', [['Prepare', {}]], {}, 'before anything was scanned'],
    [
      'one whose input claims what Prepare would have given',
      [
        ['Prepare', prepared],
        ['SummarizeUnprepared', { ...planned, error: caught }],
      ],
      {},
      'before anything was scanned',
    ],
    [
      'one of which an earlier version failed in Prepare, whose input claims it',
      [['Prepare', prepared], ...ended({ ...planned, error: caught })],
      {},
      'before anything was scanned',
    ],
    [
      'one of a version without digests',
      [['AnyAccounts', { executionId: 'old', accountCount: 1 }]],
      {},
      'an earlier version',
    ],
    ['one that was stopped in its scan', SCANNED.slice(0, 3), {}, 'start --retry old'],
    ['one that ended well', PLANNED, { status: 'SUCCEEDED', error: undefined }, 'it ended well'],
    ['partial coverage', [...PLANNED, ...ended(planned)], { error: 'PartialCoverage' }, '--retry'],
    ['removals left', [...PLANNED, ...ended(planned)], { error: 'RemovalsIncomplete' }, '--plan'],
    ['a refused plan', [...PLANNED, ...ended(planned)], { error: 'PlanRefused' }, 'start anew'],
    ['no approval', [...PLANNED, ...ended(planned)], { error: 'PlanNotApproved' }, 'ask again'],
    [
      'one that failed in its removals',
      [...PLANNED, ...ended({ ...planned, error: caught })],
      {},
      'neither Plan nor Summarize failed',
    ],
  ])('%s', (_, entered, more, words) => {
    expect(whereToGoOn(past(states(...entered), more), NOW)).toEqual({
      refused: expect.stringContaining(words),
    });
  });

  it.each([
    [{ resume: 'old' }, 'orgsweep start --resume old'],
    [{ mode: 'report', resume: 'old' }, 'orgsweep start --resume old'],
    [{ mode: 'delete', resume: 'old' }, 'orgsweep start --mode delete --resume old'],
  ])(
    'one that took up nothing, which names the run that it was to take up: %j',
    (input, command) => {
      const entered = states(
        ['Prepare', input],
        ['SummarizeUnprepared', { ...input, error: caught }],
      );
      expect(whereToGoOn(past(entered, { executionId: 'new' }), NOW)).toEqual({
        refused: `it was to resume old, and did not; ${command}`,
      });
    },
  );

  it.each([{ resume: 'new' }, { resume: 'old; rm -rf' }, { resume: 7 }, 'old', undefined])(
    'one whose input names no other run: %j',
    (input) => {
      const entered = states(['Prepare', input], ['SummarizeUnprepared', { error: caught }]);
      expect(whereToGoOn(past(entered, { executionId: 'new' }), NOW)).toEqual({
        refused: 'it failed before anything was scanned; start anew',
      });
    },
  );

  it('whose Prepare gave nothing, whatever came into it', () => {
    expect(preparedIn(past(states(['Prepare', prepared])))).toBeUndefined();
  });
});
