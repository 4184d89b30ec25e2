import { emptyHistory, type History } from '../../../../core/history/history.ts';
import { keyInTarget } from '../../../../core/model/ids.ts';
import type { Finding, Uncounted } from '../../../../core/model/verdict.ts';
import {
  evidenceOfGroups,
  groupHoldNow,
  type Groups,
  lastCopiesOf,
} from '../../../../core/plan/together/groups.ts';
import { planTarget } from '../../../../core/plan/target/plan-target.ts';
import {
  aFinding,
  anOutcome,
  aPolicy,
  daysBefore,
  NOW,
  RULES,
  someCounts,
  someLimits,
} from '../../../support/summaries/builders.ts';

const VOLUME = 'vol-1';

function copy(id: string, others: readonly string[], uncounted?: Uncounted, leaves = false) {
  const groups: Groups = {
    copies: {
      ...{ id: VOLUME, others, isNewest: false, isOriginLeaving: leaves },
      ...(uncounted && { uncounted }),
    },
  };
  return aFinding({ resourceId: id, evidence: evidenceOfGroups(groups, {}) });
}

const ids = (keys: Iterable<string>) => [...keys].map((key) => key.slice(key.indexOf(':') + 1));

function planned(findings: Finding[], { allowLastCopy = false, history = emptyHistory() } = {}) {
  const { removals, held } = planTarget({
    outcome: anOutcome({ kinds: { 'ebs-snapshot': someCounts({ resources: 1_000 }) } }),
    accountOutcomes: [],
    staleFindings: findings,
    history,
    policy: aPolicy({ allowLastCopy, graceDays: 0, requireUndo: false }),
    limits: someLimits(),
    rules: RULES,
    remove: ['ebs-snapshot'],
    now: NOW,
  });
  return {
    removed: removals.map(({ resourceId }) => resourceId),
    held: Object.fromEntries(held.map((one) => [one.resourceId, one.held])),
  };
}

describe('a copy that none may rely on', () => {
  it('is not counted, and is the last one itself where no other is counted', () => {
    expect(copy('snap-left', ['snap-0'], 'LEFTOVER').evidence.lineage).toEqual({
      ...{ id: VOLUME, size: 1, newest: false, uncounted: 'LEFTOVER' },
    });
    const left = [copy('snap-1', [], 'LEFTOVER'), copy('snap-2', [], 'LEFTOVER')];
    expect(ids(lastCopiesOf(left))).toEqual(['snap-1', 'snap-2']);
  });

  it('never lets the last one go that is counted, and goes for its sake', () => {
    const both = [copy('snap-0', []), copy('snap-left', ['snap-0'], 'LEFTOVER')];
    expect(planned(both)).toEqual({ removed: ['snap-left'], held: { 'snap-0': ['LAST_COPY'] } });
  });
});

describe('a leftover, and the newer one for whose sake it may go', () => {
  it('do not go in one plan', () => {
    const newest = copy('snap-2', ['snap-0']);
    const lineage = { ...newest.evidence.lineage!, newest: true };
    const going = { ...newest, evidence: { lineage } };
    const left = copy('snap-1', ['snap-0', 'snap-2'], 'LEFTOVER');
    // snap-0 is older, and in use.
    expect(planned([going, left])).toEqual({
      removed: ['snap-2'],
      held: { 'snap-1': ['LAST_COPY'] },
    });
    expect(planned([left])).toEqual({ removed: ['snap-1'], held: {} });
  });

  it('do not go in one removal', () => {
    const groups = { id: VOLUME, others: ['snap-0', 'snap-2'], isNewest: false };
    const copies = { ...groups, uncounted: 'LEFTOVER', newer: ['snap-2'] } as const;
    const at = { allowLastCopy: false, isOriginLeaving: () => false };
    expect(groupHoldNow({ copies }, { ...at, isLeaving: () => false })).toBeNull();
    const isLeaving = (id: string) => id === 'snap-2';
    expect(groupHoldNow({ copies }, { ...at, isLeaving })).toBe('LAST_COPY');
  });
});

it('where it has the latest state there is, it stays beside the last one that is counted', () => {
  const newest = copy('snap-left', ['snap-0'], 'LEFTOVER');
  const { lineage } = newest.evidence;
  const left = { ...newest, evidence: { lineage: { ...lineage, newest: true } } } as Finding;
  expect(planned([copy('snap-0', []), left])).toEqual({
    removed: [],
    held: { 'snap-0': ['LAST_COPY'], 'snap-left': ['LAST_COPY'] },
  });
  const now = { isLeaving: () => false, isOriginLeaving: () => false };
  const copies = { id: VOLUME, others: ['snap-0'], isNewest: true, uncounted: 'LEFTOVER' } as const;
  expect(groupHoldNow({ copies }, { ...now, allowLastCopy: false })).toBe('LAST_COPY');
  expect(groupHoldNow({ copies }, { ...now, allowLastCopy: true })).toBeNull();
});

describe('what a removal made, once its date is over', () => {
  const final = (leaves = false, others: string[] = []) =>
    copy('snap-final', others, 'BY_DATE', leaves);
  const HELD = { removed: [], held: { 'snap-final': ['LAST_COPY_OF_REMOVED_VOLUME'] } };

  it('goes though it is the last, as what it is a copy of went by the same removal', () => {
    expect(planned([final()])).toEqual({ removed: ['snap-final'], held: {} });
    expect(holdNow(final)).toBeNull();
  });

  it.each([false, true])(
    'its date is over, and it stays while what it is a copy of may come back (last copies: %s)',
    (allowLastCopy) => {
      expect(planned([final(true)], { allowLastCopy })).toEqual(HELD);
      // Another copy beside it is no reason: this is the one that was made for it.
      expect(planned([final(true, ['snap-0'])], { allowLastCopy })).toEqual(HELD);
      const seen = { staleSince: daysBefore(60), lastSeen: daysBefore(30) };
      const key = keyInTarget({ kind: 'ebs-volume', resourceId: VOLUME });
      const known: readonly Partial<History>[] = [
        { entries: { [key]: { ...seen, goneAt: daysBefore(30) } } },
        { gone: { [key]: daysBefore(30) } },
        {
          entries: {
            [key]: { ...seen, steps: [{ step: 's', at: daysBefore(9), executionId: 'e' }] },
          },
        },
      ];
      for (const one of known)
        expect(
          planned([final()], { allowLastCopy, history: { ...emptyHistory(), ...one } }),
        ).toEqual(HELD);
    },
  );

  it.each([false, true])(
    'its date is over, and at the removal the same holds (last copies: %s)',
    (allowLastCopy) => {
      for (const others of [[], ['snap-0']]) {
        const copies = { id: VOLUME, others, isNewest: false, uncounted: 'BY_DATE' } as const;
        const now = { allowLastCopy, isLeaving: () => false };
        const leaving = { ...now, isOriginLeaving: () => true };
        const stays = { ...now, isOriginLeaving: () => false };
        expect(groupHoldNow({ copies }, leaving)).toBe('LAST_COPY_OF_REMOVED_VOLUME');
        expect(groupHoldNow({ copies: { ...copies, isOriginLeaving: true } }, stays)).toBe(
          'LAST_COPY_OF_REMOVED_VOLUME',
        );
        expect(groupHoldNow({ copies }, stays)).toBeNull();
      }
    },
  );
});

function holdNow(final: () => Finding) {
  const { lineage } = final().evidence;
  const copies = { id: VOLUME, others: [], isNewest: false, uncounted: lineage?.uncounted };
  return groupHoldNow({ copies } as Groups, {
    allowLastCopy: false,
    isLeaving: () => false,
    isOriginLeaving: () => false,
  });
}

describe('what was left behind by what is gone', () => {
  it('goes as the last one, with others or without', () => {
    const only = [copy('snap-1', [], 'LEFT_BEHIND'), copy('snap-2', [], 'LEFT_BEHIND')];
    expect(planned(only).removed.toSorted()).toEqual(['snap-1', 'snap-2']);
    const both = [copy('snap-0', []), copy('snap-1', ['snap-0'], 'LEFT_BEHIND')];
    expect(planned(both)).toEqual({ removed: ['snap-1'], held: { 'snap-0': ['LAST_COPY'] } });
  });

  it('stays while what it was made of leaves', () => {
    const leaving = [copy('snap-1', ['snap-0'], 'LEFT_BEHIND', true)];
    expect(planned(leaving).held).toEqual({ 'snap-1': ['LAST_COPY_OF_REMOVED_VOLUME'] });
  });

  it('and so it is at the removal', () => {
    const now = { allowLastCopy: false, isLeaving: () => false, isOriginLeaving: () => false };
    const copies = { id: VOLUME, others: [], isNewest: true, uncounted: 'LEFT_BEHIND' } as const;
    expect(groupHoldNow({ copies }, now)).toBeNull();
    expect(groupHoldNow({ copies }, { ...now, isOriginLeaving: () => true })).toBe(
      'LAST_COPY_OF_REMOVED_VOLUME',
    );
  });
});
