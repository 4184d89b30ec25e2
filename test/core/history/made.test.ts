import { emptyHistory, History, updateHistory, withGone } from '../../../core/history/history.ts';
import { believe } from '../../../core/history/history-doubt.ts';
import { aFinding, anOutcome, daysBefore, NOW } from '../../support/summaries/builders.ts';

const { accountId } = anOutcome();
const target = { accountId, region: 'eu-west-1' };
const VOLUME = 'ebs-volume';
const SNAPSHOT = 'ebs-snapshot';
const OF = `${VOLUME}:vol-1`;
const record = (at = daysBefore(100)) => ({ of: OF, step: 'copy', at, executionId: 'first' });
const knowing = (at?: string): History => ({ ...emptyHistory(), made: { 'snap-1': record(at) } });
const done = {
  ...{ kind: VOLUME, resourceId: 'vol-1', step: 'copy', made: 'snap-1', at: daysBefore(100) },
  outcome: 'STEP_DONE' as const,
};

function afterLook(
  previous: History,
  {
    ids = [] as string[],
    kind = SNAPSHOT,
    lookedFrom = NOW as Date | undefined,
    madeBy = [VOLUME],
  } = {},
): History['made'] {
  return updateHistory({
    target,
    previous,
    kinds: [{ kind, watched: [], madeBy }],
    findings: ids.map((resourceId) => aFinding({ kind, resourceId, verdict: 'KEEP' })),
    minReferencePercent: 50,
    lookedFrom,
    now: NOW,
  }).next.made;
}

describe('what a step made', () => {
  it('is noted by its id, though its resource is in no entry any more', () =>
    expect(withGone(emptyHistory(), [done], 'first').made).toEqual({ 'snap-1': record() }));

  it('is not noted of what came to another end, or made nothing', () => {
    const { made: _, ...nothing } = done;
    const ends = ['REMOVED', 'FAILED'] as const;
    for (const one of [nothing, ...ends.map((outcome) => ({ ...done, outcome }))])
      expect(withGone(emptyHistory(), [one], 'first').made).toBeUndefined();
  });

  it('is noted once, however often an execution notes what it did', () => {
    const once = withGone(emptyHistory(), [done], 'first');
    expect(withGone(once, [done], 'first')).toEqual(once);
  });

  it('is kept of so many at most: of what comes later there is no record', () => {
    const many = Array.from({ length: 10_005 }, (_, i) => ({ ...done, made: `snap-${i}` }));
    const { made = {} } = withGone(emptyHistory(), many, 'first');
    expect(Object.keys(made)).toHaveLength(10_000);
    expect(made).toHaveProperty('snap-0');
  });

  it('stays known while it is listed, whatever its verdict', () =>
    expect(afterLook(knowing(), { ids: ['snap-1'] })).toEqual({ 'snap-1': record() }));

  it('is forgotten once a look at its kind doesn’t show it', () =>
    expect(afterLook(knowing(), { ids: ['snap-2'] })).toBeUndefined());

  it.each([
    ['at another kind', { kind: VOLUME, madeBy: [] }],
    ['that began before it was made', { lookedFrom: new Date(daysBefore(101)) }],
    ['at a kind that others make', { madeBy: ['ami'] }],
  ])('is not forgotten by a look %s', (_, look) =>
    expect(afterLook(knowing(), look)).toEqual({ 'snap-1': record() }),
  );

  it('is forgotten when no ledger proves it any more', () => {
    expect(afterLook(knowing(daysBefore(399)), { ids: ['snap-1'] })).toBeDefined();
    expect(afterLook(knowing(daysBefore(401)), { ids: ['snap-1'] })).toBeUndefined();
  });

  it('survives a doubt about the rest of the history', () =>
    expect(believe(knowing(), NOW).history.made).toEqual({ 'snap-1': record() }));

  it('is absent in files of older versions, which are read as before', () => {
    const { usual: _, ...older } = emptyHistory();
    expect(History.parse(older)).toEqual(emptyHistory());
    expect(History.parse(JSON.parse(JSON.stringify(knowing())))).toEqual(knowing());
  });
});

describe('what it was made of', () => {
  const removed = (outcome: 'REMOVED' | 'ALREADY_GONE', at = daysBefore(90)) =>
    withGone(
      knowing(),
      [{ kind: VOLUME, resourceId: 'vol-1', step: 'delete', outcome, at }],
      'second',
    );
  const WITH = { ...record(), removed: { at: daysBefore(90), executionId: 'second' } };

  it('is known to be removed by orgsweep, and not where others did', () => {
    expect(removed('REMOVED').made).toEqual({ 'snap-1': WITH });
    expect(removed('ALREADY_GONE').made).toEqual({ 'snap-1': record() });
    // Of what was made later it says nothing.
    expect(removed('REMOVED', daysBefore(101)).made).toEqual({ 'snap-1': record() });
  });

  it('is removed no more once a look shows it again', () => {
    const history = removed('REMOVED');
    expect(afterLook(history, { kind: 'other', madeBy: [] })).toEqual({ 'snap-1': WITH });
    const shown = { kind: VOLUME, ids: ['vol-1'], madeBy: [] };
    expect(afterLook(history, shown)).toEqual({ 'snap-1': record() });
  });

  it('stays removed where a look that began before shows it', () => {
    const lookedFrom = new Date(daysBefore(91));
    const shown = { kind: VOLUME, ids: ['vol-1'], madeBy: [], lookedFrom };
    expect(afterLook(removed('REMOVED'), shown)).toEqual({ 'snap-1': WITH });
  });
});
