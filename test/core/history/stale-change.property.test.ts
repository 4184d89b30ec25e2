import fc from 'fast-check';
import {
  type ChangedResource,
  mergeChanges,
  NO_CHANGE,
  StaleChange,
  WAYS_TO_CHANGE,
} from '../../../core/history/stale-change.ts';
import { emptyHistory, type History, updateHistory } from '../../../core/history/history.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { verdict } from '../../support/summaries/arbitraries.ts';
import {
  ACCOUNT,
  aFinding,
  daysBefore,
  KIND,
  NOW,
  REGION,
  SEEN,
} from '../../support/summaries/builders.ts';

const OTHER_USE = { accountId: '222233334444', source: 'amis', by: 'ami-1' };
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

const listedOnce = fc
  .record({
    resourceId: fc.constantFrom(...ids),
    verdict,
    reasons: fc.subarray(['IN_USE', 'LOCKED', 'TOO_YOUNG'], { minLength: 1 }),
    usedByOtherAccounts: fc.boolean(),
  })
  .map(({ usedByOtherAccounts, ...given }): Finding =>
    aFinding({
      ...given,
      evidence: usedByOtherAccounts ? { usedByOtherAccounts: [OTHER_USE] } : {},
    }),
  );

const entry = fc.record({ gone: fc.boolean(), removed: fc.boolean() }).map(({ gone, removed }) => ({
  ...{ staleSince: daysBefore(20), lastSeen: daysBefore(7) },
  ...(gone && { goneAt: daysBefore(3) }),
  ...(gone && removed && { removed: true as const }),
}));

const history = fc
  .record({
    entries: fc.dictionary(
      fc.constantFrom(...ids, 'g').map((id) => `${KIND}:${id}`),
      entry,
      { noNullPrototype: true },
    ),
    lookedAt: fc.option(fc.constantFrom(daysBefore(3), daysBefore(-3)), { nil: undefined }),
  })
  .map(({ entries, lookedAt }): History => ({
    ...emptyHistory(),
    entries,
    ...(lookedAt !== undefined && { lookedAt }),
  }));

describe('the change of a target, whatever was known and is listed, twice or too late', () => {
  it('puts what is no longer stale in exactly one place', () => {
    fc.assert(
      fc.property(history, fc.array(listedOnce, { maxLength: 9 }), (previous, findings) => {
        const target = { accountId: ACCOUNT, region: REGION };
        const looked = { target, kinds: [SEEN] } as const;
        const given = { ...looked, previous, findings, minReferencePercent: 50, now: NOW };
        const { next, change } = updateHistory(given);
        expect(StaleChange.parse(change)).toEqual(change);
        const { removed, gone, usedAgain, newlyProtected } = change;
        expect(change.noLongerStale).toBe(removed + gone + usedAgain + newlyProtected);
        const left = Object.keys(previous.entries).filter((key) => !(key in next.entries));
        expect(change.noLongerStale).toBe(left.length);
        const told = WAYS_TO_CHANGE.flatMap((way) => change.listed[way]);
        const keys = told.map(({ kind, resourceId }) => `${kind}:${resourceId}`);
        expect(new Set(keys).size).toBe(change.newlyStale + change.noLongerStale);
        expect(keys).toEqual(expect.arrayContaining(left));
      }),
    );
  });
});

/** No two of one key differ: a resource changes in one target only. */
const changed = fc
  .record({ id: fc.nat(400), region: fc.constantFrom('eu-west-1', 'us-east-1') })
  .map(({ id, region }): ChangedResource => ({
    ...{ kind: KIND, accountId: ACCOUNT, region, resourceId: `snap-${id}` },
    ...{ staleSince: daysBefore(id % 3), ageDays: null, reasons: [] },
    sizeGiB: id % 7 === 0 ? null : id % 5,
  }));

const change = fc
  .record({
    newlyStale: fc.nat(9),
    stillStale: fc.nat(9),
    gone: fc.nat(9),
    of: fc.array(changed, { maxLength: 30 }),
  })
  .map(({ of, ...counts }): StaleChange => {
    const listed = { ...NO_CHANGE.listed, newlyStale: of, usedAgain: of.toReversed() };
    return mergeChanges(NO_CHANGE, { ...NO_CHANGE, ...counts, listed });
  });

describe('changes of targets', () => {
  it('merge to the same in whatever order, and list the largest of all', () => {
    fc.assert(
      fc.property(change, change, change, (a, b, c) => {
        const all = mergeChanges(mergeChanges(a, b), c);
        expect(mergeChanges(a, mergeChanges(b, c))).toEqual(all);
        expect(mergeChanges(c, mergeChanges(b, a))).toEqual(all);
        expect(mergeChanges(all, NO_CHANGE)).toEqual(all);
        expect(StaleChange.parse(all)).toEqual(all);
        const sizes = all.listed.newlyStale.map(({ sizeGiB }) => sizeGiB ?? -1);
        const every = [a, b, c].flatMap(({ listed }) => listed.newlyStale);
        const largest = every.map(({ sizeGiB }) => sizeGiB ?? -1).toSorted((x, y) => y - x);
        expect(sizes).toEqual(largest.slice(0, 20));
      }),
    );
  });
});
