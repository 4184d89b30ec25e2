import { believe } from '../../../core/history/history-doubt.ts';
import {
  emptyHistory,
  History,
  updateHistory,
  withoutEnded,
} from '../../../core/history/history.ts';
import { observedNow } from '../../../core/history/observations.ts';
import type { Observations } from '../../../core/model/verdict.ts';
import {
  ACCOUNT,
  aFinding,
  daysBefore,
  KIND,
  NOW,
  REGION,
  SEEN,
} from '../../support/summaries/builders.ts';

const KEY = `${KIND}:snap-1`;
const BEFORE = { since: daysBefore(40), lastSeen: daysBefore(7), looks: 5 };
const at = NOW.toISOString();

const known = (observed: Observations = { unattached: BEFORE }): History => ({
  ...{ ...emptyHistory(), observed: { [KEY]: observed }, lookedAt: daysBefore(7) },
});
const seen = (...states: string[]) => {
  const observed = Object.fromEntries(
    states.map((state) => [state, { since: at, lastSeen: at, looks: 1 }]),
  );
  return aFinding({
    ...{ verdict: 'KEEP', reasons: ['TOO_YOUNG'] },
    ...{ evidence: states.length > 0 ? { observed } : {} },
  });
};
const after = (
  previous: History,
  findings: ReturnType<typeof seen>[],
  given: Partial<Parameters<typeof updateHistory>[0]> = {},
) =>
  updateHistory({
    ...{ target: { accountId: ACCOUNT, region: REGION }, previous, kinds: [SEEN], findings },
    ...{ minReferencePercent: 50, now: NOW, ...given },
  }).next.observed;

it('a state begins when it is first seen, whether or not its resource is stale', () => {
  expect(after(emptyHistory(), [seen('unattached')])).toEqual({
    [KEY]: { unattached: { since: at, lastSeen: at, looks: 1 } },
  });
});

it('it goes on while it is seen, and how often is counted', () => {
  const goesOn = { [KEY]: { unattached: { since: BEFORE.since, lastSeen: at, looks: 6 } } };
  const next = after(known(), [seen('unattached')]);
  expect(next).toEqual(goesOn);
  // The same look, taken in again.
  expect(after({ ...known(), observed: next }, [seen('unattached')])).toEqual(goesOn);
});

it.each([
  ['is not seen in it', [seen()]],
  ['is not listed any more', []],
])('it ends where its resource %s', (_, findings) => {
  expect(after(known(), findings)).toBeUndefined();
});

it('one of two states ends without the other', () => {
  const two = known({ unattached: BEFORE, empty: BEFORE });
  expect(after(two, [seen('empty')])?.[KEY]).toEqual({
    empty: { since: BEFORE.since, lastSeen: at, looks: 6 },
  });
});

it('a look that did not come to its end says nothing', () => {
  expect(after(known(), [], { kinds: [] })).toEqual(known().observed);
  const other = [{ ...SEEN, kind: 'made-up' }];
  expect(after(known(), [], { kinds: other })).toEqual(known().observed);
});

it('a look that is taken in late ends what it saw ended, and begins or counts nothing', () => {
  const late = (observed: Observations, findings: ReturnType<typeof seen>[]) =>
    after({ ...known(observed), lookedAt: at }, findings, { now: new Date(daysBefore(9)) });
  expect(late({ unattached: BEFORE }, [])).toBeUndefined();
  expect(late({ unattached: BEFORE, empty: BEFORE }, [seen('empty')])).toEqual({
    [KEY]: { empty: BEFORE },
  });
  const since = { since: daysBefore(8), lastSeen: at, looks: 3 };
  expect(late({ unattached: since }, [seen('empty')])).toEqual({ [KEY]: { unattached: since } });
});

it('what has been made anew under its name begins anew, and what is as old goes on', () => {
  const anew = { unattached: { since: at, lastSeen: at, looks: 1 } };
  const of = (startedAt: string | null) =>
    observedNow(known(), KEY, ['unattached'], { now: NOW, startedAt });
  expect(of(daysBefore(39))).toEqual(anew);
  expect(of(daysBefore(40))['unattached']?.since).toBe(BEFORE.since);
  expect(of(null)['unattached']?.since).toBe(BEFORE.since);
  const remade = { ...seen('unattached'), startedAt: daysBefore(3) };
  expect(after(known(), [remade])).toEqual({ [KEY]: anew });
});

it('what nobody looked at for more than 45 days starts anew, and so does what was gone', () => {
  const anew = { unattached: { since: at, lastSeen: at, looks: 1 } };
  const long = known({
    unattached: { ...BEFORE, since: daysBefore(99), lastSeen: daysBefore(46) },
  });
  const look = { now: NOW, startedAt: null };
  expect(observedNow(long, KEY, ['unattached'], look)).toEqual(anew);
  const entry = { staleSince: daysBefore(9), lastSeen: daysBefore(8), goneAt: daysBefore(7) };
  const gone = { ...known(), entries: { [KEY]: entry } };
  expect(observedNow(gone, KEY, ['unattached'], look)).toEqual(anew);
  const restored = withoutEnded(gone, { [KEY]: entry.staleSince });
  expect(restored.observed).toBeUndefined();
});

it('a kind that observes nothing keeps nothing, and older files are read', () => {
  expect(after(emptyHistory(), [seen()])).toBeUndefined();
  const old = { schemaVersion: 2, entries: {}, usual: {} };
  expect(History.parse(old)).toEqual(old);
  expect(History.parse(known())).toEqual(known());
});

it.each([
  ['FROM_THE_FUTURE', { ...BEFORE, lastSeen: daysBefore(-2) }],
  ['OUT_OF_ORDER', { ...BEFORE, since: daysBefore(3) }],
])('a state that cannot have been seen is not gone by, and told: %s', (reason, observation) => {
  const { history, doubts } = believe(known({ unattached: observation, empty: BEFORE }), NOW);
  expect(history.observed).toEqual({ [KEY]: { empty: BEFORE } });
  expect(doubts).toEqual([{ reason, resources: 1, resourceIds: ['snap-1'] }]);
});
