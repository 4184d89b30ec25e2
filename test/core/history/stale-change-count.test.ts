import { LISTED_CHANGES } from '../../../core/history/stale-change.ts';
import {
  emptyHistory,
  type History,
  updateHistory,
  withGone,
} from '../../../core/history/history.ts';
import type { RemovalResult } from '../../../core/outcome/outcome.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import {
  ACCOUNT,
  aFinding,
  daysBefore,
  KIND,
  NOW,
  REGION,
  SEEN,
} from '../../support/summaries/builders.ts';

const since = daysBefore(20);
const entry = { staleSince: since, lastSeen: daysBefore(7), sizeGiB: 8 };
const known: History = { ...emptyHistory(), entries: { [`${KIND}:snap-1`]: entry } };

function changeOf(findings: readonly Finding[], previous = known, now = NOW) {
  const target = { accountId: ACCOUNT, region: REGION };
  const looked = { target, kinds: [SEEN], minReferencePercent: 50 } as const;
  return updateHistory({ ...looked, previous, findings, now }).change;
}

const ended = (outcome: RemovalResult) =>
  withGone(known, [{ kind: KIND, resourceId: 'snap-1', outcome, at: daysBefore(6) }], 'e-1');
const kept = (...reasons: string[]) => aFinding({ verdict: 'KEEP', reasons });
const others = [{ accountId: '222233334444', source: 'amis', by: 'ami-1' }];

describe('what was stale and is not any more', () => {
  it.each([
    ['was removed by orgsweep', 'removed', [], ended('REMOVED'), []],
    ['is gone, and not by orgsweep', 'gone', [], known, []],
    ['was found gone when it was to be removed', 'gone', [], ended('ALREADY_GONE'), []],
    ['is in use again', 'usedAgain', [kept('IN_USE')], known, ['IN_USE']],
    [
      'is in use, and tagged too',
      'usedAgain',
      [kept('IN_USE', 'LOCKED')],
      known,
      ['IN_USE', 'LOCKED'],
    ],
    [
      'is kept by a guard',
      'newlyProtected',
      [kept('PROTECTED_BY_TAG')],
      known,
      ['PROTECTED_BY_TAG'],
    ],
    ['was restored, and is kept', 'newlyProtected', [kept('LOCKED')], ended('REMOVED'), ['LOCKED']],
    [
      'is used by another account',
      'newlyProtected',
      [aFinding({ evidence: { usedByOtherAccounts: others } })],
      known,
      ['USED_BY_ANOTHER_ACCOUNT'],
    ],
  ] as const)('%s', (_, way, findings, previous, reasons) => {
    const change = changeOf(findings, previous);
    expect(change).toMatchObject({ newlyStale: 0, stillStale: 0, noLongerStale: 1, [way]: 1 });
    const ageDays = findings.length === 0 ? null : 100;
    const resource = { kind: KIND, accountId: ACCOUNT, region: REGION, resourceId: 'snap-1' };
    const told = { ...resource, staleSince: since, ageDays, sizeGiB: 8, reasons };
    expect(change.listed).toEqual({
      ...{ newlyStale: [], removed: [], gone: [], usedAgain: [], newlyProtected: [] },
      [way]: [told],
    });
  });

  it('is told with no size where a history of an older version knew none', () => {
    const { sizeGiB: _sizeGiB, ...older } = entry;
    const previous = { ...known, entries: { [`${KIND}:snap-1`]: older } };
    expect(changeOf([], previous).listed.gone).toMatchObject([{ sizeGiB: null }]);
  });

  it('is counted once, however often it is listed', () => {
    const change = changeOf([kept('LOCKED'), kept('LOCKED')]);
    expect([change.noLongerStale, change.newlyProtected]).toEqual([1, 1]);
  });

  it('is counted as removed by the next look only', () => {
    const target = { accountId: ACCOUNT, region: REGION };
    const looked = { target, kinds: [SEEN], minReferencePercent: 50 } as const;
    const previous = ended('REMOVED');
    const { next } = updateHistory({ ...looked, previous, findings: [], now: NOW });
    expect(changeOf([], next).noLongerStale).toBe(0);
  });
});

describe('what is newly stale', () => {
  it('is listed as it is, stale since now', () => {
    const change = changeOf([aFinding({ sizeGiB: 30 })], emptyHistory());
    expect(change.newlyStale).toBe(1);
    const told = { staleSince: NOW.toISOString(), ageDays: 100, sizeGiB: 30 };
    expect(change.listed.newlyStale).toMatchObject([{ ...told, reasons: ['VOLUME_MISSING'] }]);
  });

  it('is counted in full, and the largest are listed, of equals the lowest id', () => {
    const many = Array.from({ length: 45 }, (_, i) =>
      aFinding({ resourceId: `snap-${100 + i}`, sizeGiB: i < 30 ? 8 : i }),
    );
    const change = changeOf(many, emptyHistory());
    expect(change.newlyStale).toBe(45);
    expect(change.listed.newlyStale).toHaveLength(LISTED_CHANGES);
    const ids = change.listed.newlyStale.map(({ resourceId }) => resourceId);
    expect([ids[0], ids[14], ids[15]]).toEqual(['snap-144', 'snap-130', 'snap-100']);
  });

  it('is counted once by a late look, however often it is listed', () => {
    const previous = { ...emptyHistory(), lookedAt: NOW.toISOString() };
    const late = changeOf([aFinding(), aFinding()], previous, new Date(daysBefore(1)));
    expect(late.newlyStale).toBe(1);
  });
});
