import fc from 'fast-check';
import type { History } from '../../../core/history/history.ts';
import type { HistoryEntry } from '../../../core/history/history-entry.ts';
import { emptyHistory, updateHistory } from '../../../core/history/history.ts';
import { MOST_CLOCK_DIFFERENCE_MS } from '../../../core/model/clock-difference.ts';
import { believe } from '../../../core/history/history-doubt.ts';
import { ACCOUNT, aFinding, KIND, NOW, REGION, SEEN } from '../../support/summaries/builders.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

const DAY_MS = 86_400_000;
const LIMIT = NOW.getTime() + MOST_CLOCK_DIFFERENCE_MS;
const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS).toISOString();
const IDS = ['snap-1', 'snap-2', 'snap-3'];

/** Anything that a file may hold, whoever wrote it. */
const anyDay = fc.integer({ min: -400, max: 400 }).map(at);
const anyEntry: fc.Arbitrary<HistoryEntry> = fc.record(
  { staleSince: anyDay, lastSeen: anyDay, goneAt: anyDay },
  { requiredKeys: ['staleSince', 'lastSeen'], noNullPrototype: true },
);
const anyHistory: fc.Arbitrary<History> = fc.record(
  {
    schemaVersion: fc.constant(2 as const),
    entries: fc.dictionary(
      fc.constantFrom(...IDS).map((id) => `${KIND}:${id}`),
      anyEntry,
      { noNullPrototype: true },
    ),
    lookedAt: anyDay,
    usual: fc.constant({ [KIND]: { volumes: { count: 9, at: at(-30), lowSince: at(20) } } }),
  },
  { requiredKeys: ['schemaVersion', 'entries', 'usual'], noNullPrototype: true },
);
/** As orgsweep itself writes it, look by look. */
const ownHistory = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.subarray(IDS)), { maxLength: 6 })
  .map((looks) => {
    let history = emptyHistory();
    let day = -400;
    for (const [days, ids] of looks) {
      day += days;
      const findings = ids.map((resourceId) => aFinding({ resourceId }));
      history = look(history, findings, new Date(at(day)));
    }
    return history;
  });
const starts = fc
  .dictionary(
    fc.constantFrom(...IDS).map((id) => `${KIND}:${id}`),
    fc.option(anyDay),
  )
  .map((record) => new Map(Object.entries(record)));

function look(previous: History, findings: ReturnType<typeof aFinding>[], now: Date): History {
  const target = { accountId: ACCOUNT, region: REGION };
  const limits = { minReferencePercent: 50, kinds: [SEEN] };
  return updateHistory({ target, previous, findings, now, ...limits }).next;
}

describe('of any history', () => {
  it('what is believed has no time to come, none in the wrong order, none before its start', () => {
    fc.assert(
      fc.property(anyHistory, starts, (history, startedAt) => {
        const { history: believed } = believe(history, NOW, startedAt);
        for (const [key, { staleSince, lastSeen, goneAt }] of Object.entries(believed.entries)) {
          for (const time of [staleSince, lastSeen, goneAt, believed.lookedAt])
            expect(Date.parse(time ?? staleSince)).toBeLessThanOrEqual(LIMIT);
          expect(Date.parse(staleSince)).toBeLessThanOrEqual(Date.parse(lastSeen));
          const started = startedAt.get(key);
          if (started) expect(Date.parse(staleSince)).toBeGreaterThanOrEqual(Date.parse(started));
          if (believed.lookedAt)
            expect(Date.parse(lastSeen)).toBeLessThanOrEqual(Date.parse(believed.lookedAt));
        }
        expect(believed.usual[KIND]?.['volumes']?.lowSince).toBeUndefined();
      }),
    );
  });

  it('every entry is believed as it is or doubted by name, and doubted only once', () => {
    fc.assert(
      fc.property(anyHistory, starts, (history, startedAt) => {
        const { history: believed, doubts } = believe(history, NOW, startedAt);
        const kept = Object.keys(believed.entries);
        for (const key of kept) expect(believed.entries[key]).toEqual(history.entries[key]);
        const doubted = doubts.flatMap(({ resourceIds }) => resourceIds);
        expect([...kept, ...doubted.map((id) => `${KIND}:${id}`)].toSorted()).toEqual(
          Object.keys(history.entries).toSorted(),
        );
        expect(believe(believed, NOW, startedAt)).toEqual({ history: believed, doubts: [] });
      }),
    );
  });

  it('a look is written down at once, and the grace of what was doubted begins with it', () => {
    fc.assert(
      fc.property(anyHistory, starts, (history, startedAt) => {
        const { history: believed, doubts } = believe(history, NOW, startedAt);
        const next = look(
          believed,
          IDS.map((resourceId) => aFinding({ resourceId })),
          NOW,
        );
        expect(next.lookedAt).toBe(NOW.toISOString());
        for (const id of doubts.flatMap(({ resourceIds }) => resourceIds))
          expect(next.entries[`${KIND}:${id}`]?.staleSince).toBe(NOW.toISOString());
        for (const { lastSeen } of Object.values(next.entries))
          expect(lastSeen).toBe(NOW.toISOString());
      }),
    );
  });
});

it('what orgsweep itself wrote is believed as it is', () => {
  fc.assert(
    fc.property(ownHistory, (history) => {
      expect(believe(history, NOW)).toEqual({ history, doubts: [] });
    }),
  );
});

describe('a doubt', () => {
  const key = keyInTarget(aFinding());
  const of = (entry: HistoryEntry, lookedAt?: string): History => {
    return { ...emptyHistory(), entries: { [key]: entry }, ...(lookedAt && { lookedAt }) };
  };
  const within = new Date(LIMIT).toISOString();
  const over = new Date(LIMIT + 1).toISOString();

  it.each([
    ['staleSince to come', of({ staleSince: over, lastSeen: over }), 'FROM_THE_FUTURE'],
    ['lastSeen to come', of({ staleSince: at(-1), lastSeen: over }), 'FROM_THE_FUTURE'],
    [
      'goneAt to come',
      of({ staleSince: at(-2), lastSeen: at(-1), goneAt: over }),
      'FROM_THE_FUTURE',
    ],
    ['lastSeen before staleSince', of({ staleSince: at(-1), lastSeen: at(-2) }), 'OUT_OF_ORDER'],
    [
      'lastSeen after the last look',
      of({ staleSince: at(-9), lastSeen: at(-1) }, at(-2)),
      'OUT_OF_ORDER',
    ],
    ['stale before it began', of({ staleSince: at(-51), lastSeen: at(-1) }), 'BEFORE_ITS_START'],
  ])('is %s', (_what, history, reason) => {
    const started = new Map([[key, at(-50)]]);
    expect(believe(history, NOW, started).doubts).toEqual([
      { reason, resources: 1, resourceIds: ['snap-1'] },
    ]);
  });

  it('is no clock that is five minutes ahead', () => {
    const history = of({ staleSince: within, lastSeen: within }, within);
    expect(believe(history, NOW)).toEqual({ history, doubts: [] });
  });

  it('is a look that is still to come, and names its time', () => {
    const history = of({ staleSince: at(-9), lastSeen: at(-1) }, at(40));
    const { history: believed, doubts } = believe(history, NOW);
    expect(believed).toEqual(of({ staleSince: at(-9), lastSeen: at(-1) }));
    expect(doubts).toEqual([
      { reason: 'FROM_THE_FUTURE', resources: 0, resourceIds: [], lookedAt: at(40) },
    ]);
  });
});
