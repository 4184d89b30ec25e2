import fc from 'fast-check';
import { NO_CHANGE, type StaleChange } from '../../../core/history/stale-change.ts';
import { leavingOf } from '../../../core/history/gone.ts';
import {
  emptyHistory,
  History,
  updateHistory,
  withoutEnded,
} from '../../../core/history/history.ts';
import {
  ACCOUNT,
  aFinding,
  daysBefore,
  KIND,
  NOW,
  REGION,
  SEEN,
} from '../../support/summaries/builders.ts';
import { verdict } from '../../support/summaries/arbitraries.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

const early = daysBefore(20);
const known = (resourceId = 'snap-1', kind = KIND): History => ({
  ...emptyHistory(),
  entries: { [`${kind}:${resourceId}`]: { staleSince: early, lastSeen: daysBefore(7) } },
});
const looked = {
  target: { accountId: ACCOUNT, region: REGION },
  kinds: [SEEN],
  minReferencePercent: 50,
  now: NOW,
};

describe('what is on its way out', () => {
  const entry = { staleSince: early, lastSeen: daysBefore(7) };
  const done = { step: 'archive', at: daysBefore(3), executionId: 'earlier' };
  const leaving = (given: Partial<History['entries'][string]>) => [
    ...leavingOf({ ...emptyHistory(), entries: { 'image:a': { ...entry, ...given } } }, NOW),
  ];

  it('is what orgsweep took a step with, or found gone, and not what is only stale', () => {
    expect(leaving({})).toEqual([]);
    expect(leaving({ steps: [done] })).toEqual(['image:a']);
    expect(leaving({ goneAt: daysBefore(1) })).toEqual(['image:a']);
  });

  it('is nothing that nobody looked at for long', () => {
    const long = daysBefore(46);
    expect(leaving({ steps: [{ ...done, at: long }], lastSeen: long })).toEqual([]);
    expect(leaving({ goneAt: long, lastSeen: long })).toEqual([]);
  });

  it('is counted from the removal, which may come long after the last look', () => {
    expect(leaving({ goneAt: daysBefore(44), lastSeen: daysBefore(70) })).toEqual(['image:a']);
    expect(leaving({ steps: [done], lastSeen: daysBefore(70) })).toEqual(['image:a']);
  });
});

describe('what is gone of a kind that others are copies of', () => {
  const gone = { staleSince: early, lastSeen: daysBefore(7), goneAt: daysBefore(6) };
  const previous: History = { ...emptyHistory(), entries: { [`${KIND}:snap-1`]: gone } };
  const origins = { ...looked, kinds: [{ ...SEEN, isOrigin: true as const }] };
  const after = (days: number, from: History, findings = [aFinding()].slice(1)) =>
    updateHistory({ ...origins, previous: from, findings, now: new Date(daysBefore(days)) });

  it('is on its way out still, though complete looks have not found it', () => {
    const first = after(5, previous);
    expect(first.change).toMatchObject({ gone: 1, noLongerStale: 1 });
    const second = after(0, first.next);
    expect(second.change).toEqual(NO_CHANGE);
    expect([...leavingOf(second.next, NOW)]).toEqual([`${KIND}:snap-1`]);
    expect(History.parse(JSON.parse(JSON.stringify(second.next)))).toEqual(second.next);
  });

  it('is forgotten 45 days after it went', () => {
    const { next } = after(5, previous);
    const later = new Date(Date.parse(gone.goneAt) + 45.01 * 86_400_000);
    expect([...leavingOf(next, later)]).toEqual([]);
    expect(updateHistory({ ...origins, previous: next, findings: [], now: later }).next).toEqual({
      ...{ ...emptyHistory(), usual: { [KIND]: {} } },
      lookedAt: later.toISOString(),
    });
  });

  it.each(['STALE', 'KEEP', 'UNKNOWN'] as const)('is there again once it is listed as %s', (v) => {
    const { next } = after(5, previous);
    const back = after(0, next, [aFinding({ verdict: v, reasons: ['ANY'] })]).next;
    expect([...leavingOf(back, NOW)]).toEqual([]);
  });

  it('is not kept of a kind that nothing is a copy of', () => {
    const { next } = updateHistory({ ...looked, previous, findings: [] });
    expect([...leavingOf(next, NOW)]).toEqual([]);
  });
});

describe('a look that is older than what orgsweep did meanwhile', () => {
  const done = { step: 'archive', at: daysBefore(1), executionId: 'another' };
  const before = { staleSince: early, lastSeen: daysBefore(7) };
  const STEPS = { ...SEEN, steps: [{ name: 'archive' }, { name: 'delete' }] };
  const taken = (
    entry: History['entries'][string],
    findings: ReturnType<typeof aFinding>[],
    lookedFrom: Date | undefined = new Date(daysBefore(2)),
  ) => {
    const previous = {
      ...emptyHistory(),
      entries: { [`${KIND}:snap-1`]: { ...before, ...entry } },
    };
    const { next } = updateHistory({
      ...{ ...looked, kinds: [STEPS], previous, findings, lookedFrom },
    });
    return next.entries[`${KIND}:snap-1`];
  };
  const toArchive = aFinding({ nextStep: { name: 'archive', notBefore: null } });
  const inUse = aFinding({ verdict: 'KEEP', reasons: ['IN_USE'] });

  it('takes no step back: it shows what was before it', () =>
    expect(taken({ ...before, steps: [done] }, [toArchive])).toMatchObject({
      ...{ staleSince: early, steps: [done] },
    }));

  it('does take back what was done before it', () =>
    expect(taken({ ...before, steps: [{ ...done, at: daysBefore(3) }] }, [toArchive])).toEqual({
      ...{ staleSince: NOW.toISOString(), lastSeen: NOW.toISOString(), sizeGiB: 8 },
    }));

  it('does not where what tells the step was not answered', () => {
    const open = aFinding({ ...toArchive, evidence: { unanswered: ['copies'] } });
    expect(taken({ ...before, steps: [{ ...done, at: daysBefore(3) }] }, [open])).toMatchObject({
      ...{ staleSince: early, steps: [{ step: 'archive' }] },
    });
  });

  it('keeps a step on record where it was in use before, but not its grace', () =>
    expect(taken({ ...before, steps: [done] }, [inUse])).toEqual({
      ...{ staleSince: NOW.toISOString(), lastSeen: NOW.toISOString(), steps: [done] },
    }));

  it('brings nothing back that was removed since: it stays gone, and its grace begins anew', () =>
    expect(taken({ ...before, goneAt: daysBefore(1), removed: true }, [aFinding()])).toEqual({
      ...{ staleSince: NOW.toISOString(), lastSeen: NOW.toISOString(), sizeGiB: 8 },
      ...{ goneAt: daysBefore(1), removed: true },
    }));

  it('knows nothing of what it did not list either', () => {
    const entry = { ...before, goneAt: daysBefore(1), removed: true as const };
    expect(taken(entry, [])).toEqual(entry);
  });

  it('of a version that did not say when it began is as old as it is taken in', () => {
    const previous = { ...before, steps: [done] };
    const { next } = updateHistory({
      ...{ ...looked, kinds: [STEPS], findings: [toArchive] },
      previous: { ...emptyHistory(), entries: { [`${KIND}:snap-1`]: previous } },
    });
    expect(next.entries[`${KIND}:snap-1`]?.steps).toBeUndefined();
  });
});

describe('since when a resource is stale', () => {
  it('starts when an execution first sees it stale', () => {
    expect(updateHistory({ ...looked, previous: emptyHistory(), findings: [aFinding()] })).toEqual({
      next: {
        schemaVersion: 2,
        entries: {
          'ebs-snapshot:snap-1': {
            staleSince: NOW.toISOString(),
            lastSeen: NOW.toISOString(),
            sizeGiB: 8,
          },
        },
        lookedAt: NOW.toISOString(),
        usual: { 'ebs-snapshot': {} },
      },
      change: expect.objectContaining({ newlyStale: 1, noLongerStale: 0 }) as StaleChange,
    });
  });

  it('starts anew when it was only seen without looking at a reference that is looked at now', () => {
    const without = (notLookedAt: string[]) => [aFinding({ evidence: { notLookedAt } })];
    const blind = updateHistory({
      ...looked,
      previous: emptyHistory(),
      findings: without(['amis']),
      now: new Date(early),
    }).next;
    const sinceOf = (findings: ReturnType<typeof without>) =>
      updateHistory({ ...looked, previous: blind, findings }).next.entries['ebs-snapshot:snap-1'];
    expect(sinceOf(without(['amis']))).toMatchObject({ staleSince: early });
    expect(sinceOf(without([]))).toEqual({
      staleSince: NOW.toISOString(),
      lastSeen: NOW.toISOString(),
      sizeGiB: 8,
    });
  });

  it('stays when it was seen with everything looked at, whatever a later look leaves out', () => {
    const findings = [aFinding({ evidence: { notLookedAt: ['amis'] } })];
    const { next } = updateHistory({ ...looked, previous: known(), findings });
    expect(next.entries['ebs-snapshot:snap-1']).toEqual({
      staleSince: early,
      lastSeen: NOW.toISOString(),
      sizeGiB: 8,
    });
  });

  it('starts anew when its reason asks others and all are seen, and when it asks them no more', () => {
    const asks = [{ source: 'amis', key: 'ami-1' }];
    const notSeenElsewhere = [{ source: 'amis', places: null, at: [] }];
    const sinceOf = (previous: History, evidence: Finding['evidence']) => {
      const findings = [aFinding({ evidence })];
      const { next } = updateHistory({ ...looked, previous, findings });
      return next.entries['ebs-snapshot:snap-1'];
    };
    const askedEarly: History = {
      ...emptyHistory(),
      entries: {
        'ebs-snapshot:snap-1': { staleSince: early, lastSeen: daysBefore(7), asked: true },
      },
    };
    const now = NOW.toISOString();
    expect(sinceOf(known(), { asks })).toMatchObject({ staleSince: now, asked: true });
    expect(sinceOf(askedEarly, { asks })).toMatchObject({ staleSince: early, asked: true });
    // Nothing of it is proved yet, and nothing of what was is forgotten.
    expect(sinceOf(known(), { asks, notSeenElsewhere })).toMatchObject({ staleSince: early });
    expect(sinceOf(known(), { asks, notSeenElsewhere })).not.toHaveProperty('asked');
    expect(sinceOf(askedEarly, { asks, notSeenElsewhere })).toMatchObject({ staleSince: early });
    expect(sinceOf(askedEarly, {})).toMatchObject({ staleSince: now });
    expect(sinceOf(askedEarly, {})).not.toHaveProperty('asked');
  });

  it('stays as it was while it is seen stale again', () => {
    const { next, change } = updateHistory({
      ...looked,
      previous: known(),
      findings: [aFinding()],
    });
    expect(next.entries['ebs-snapshot:snap-1']).toEqual({
      staleSince: early,
      lastSeen: NOW.toISOString(),
      sizeGiB: 8,
    });
    expect(change).toEqual({ ...NO_CHANGE, stillStale: 1 });
  });

  it.each([
    ['UNKNOWN', aFinding({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] })],
    ['only too young for a stricter policy', aFinding({ verdict: 'KEEP', reasons: ['TOO_YOUNG'] })],
  ])('is untouched while it is %s: that is no evidence of use', (_, finding) => {
    const update = updateHistory({ ...looked, previous: known(), findings: [finding] });
    expect(update.next.entries).toEqual(known().entries);
    expect(update.change.noLongerStale).toBe(0);
  });

  it('is untouched for a kind that was not seen completely beside one that was', () => {
    const previous = known('snap-1', 'ami');
    const findings = [aFinding({ kind: 'ami', resourceId: 'ami-2' }), aFinding()];
    const { next, change } = updateHistory({ ...looked, previous, findings });
    expect(Object.keys(next.entries)).toEqual(['ami:snap-1', 'ebs-snapshot:snap-1']);
    expect(next.entries['ami:snap-1']).toEqual(previous.entries['ami:snap-1']);
    expect(change).toMatchObject({ newlyStale: 1, noLongerStale: 0 });
  });

  it('of a version that knew one kind is read as of that kind', () => {
    const { entries } = known();
    const usual = { volumes: { count: 9, at: early } };
    const old = { schemaVersion: 1, entries, lookedAt: early, references: usual };
    const read = { ...emptyHistory(), entries, lookedAt: early, usual: { 'ebs-snapshot': usual } };
    expect(History.parse(old)).toEqual(read);
    expect(History.parse(read)).toEqual(read);
  });

  it('is untouched where no kind was seen completely', () => {
    expect(updateHistory({ ...looked, kinds: [], previous: known(), findings: [] })).toEqual({
      next: known(),
      change: NO_CHANGE,
    });
  });

  it('is untouched for a kind that was not looked at', () => {
    const other = known('ami-1', 'ami');
    const { next } = updateHistory({ ...looked, previous: other, findings: [] });
    expect(next.entries).toEqual(other.entries);
  });

  it.each([
    [
      'kept by a guard',
      [aFinding({ verdict: 'KEEP', reasons: ['PROTECTED_BY_TAG', 'TOO_YOUNG'] })],
    ],
    ['gone', []],
  ])('is forgotten once it is %s: its grace starts anew', (_, findings) => {
    const { next, change } = updateHistory({ ...looked, previous: known(), findings });
    expect(next.entries).toEqual({});
    expect(change).toMatchObject({ newlyStale: 0, stillStale: 0, noLongerStale: 1 });
  });

  it.each([
    ['goes on after 45 days in which nobody looked', 45, early],
    ['starts anew after more: it may have been in use meanwhile', 45.01, NOW.toISOString()],
  ])('%s', (_, unseenDays, staleSince) => {
    const entry = { staleSince: early, lastSeen: daysBefore(unseenDays) };
    const previous = { ...known(), entries: { 'ebs-snapshot:snap-1': entry } };
    const { next, change } = updateHistory({ ...looked, previous, findings: [aFinding()] });
    expect(next.entries['ebs-snapshot:snap-1']).toEqual({
      staleSince,
      lastSeen: NOW.toISOString(),
      sizeGiB: 8,
    });
    expect(change.stillStale).toBe(1);
  });

  describe('when an earlier look arrives after a later one', () => {
    const at = (days: number, previous: History, findings = [aFinding()]) =>
      updateHistory({ ...looked, previous, findings, now: new Date(daysBefore(days)) }).next;

    it('stays as the later one left it', () => {
      const later = at(0, at(7, emptyHistory()));
      expect(at(3, later)).toEqual(later);
    });

    it('is not begun by it: the later look saw it in use', () => {
      const inUse = at(0, at(7, emptyHistory()), []);
      expect(at(3, inUse).entries).toEqual({});
    });

    it('is ended by it, if it was in use then', () => {
      const later = at(0, at(7, emptyHistory()));
      expect(at(3, later, []).entries).toEqual({});
    });
  });

  it('starts anew for a resource that is taken out, as one that was restored', () => {
    const previous = { ...known(), lookedAt: daysBefore(7) };
    const others = { 'ebs-snapshot:snap-2': { staleSince: early, lastSeen: daysBefore(7) } };
    const both = { ...previous, entries: { ...previous.entries, ...others } };
    const without = withoutEnded(both, { 'ebs-snapshot:snap-1': early });
    expect(without).toEqual({ ...previous, entries: others });
    expect(withoutEnded(both, { 'ebs-snapshot:snap-1': daysBefore(1000) })).toEqual(both);
    const { next } = updateHistory({ ...looked, previous: without, findings: [aFinding()] });
    expect(next.entries['ebs-snapshot:snap-1']?.staleSince).toBe(NOW.toISOString());
  });

  it('counts a resource that was listed twice once', () => {
    const update = updateHistory({
      ...looked,
      previous: emptyHistory(),
      findings: [aFinding(), aFinding()],
    });
    expect(update.change.newlyStale).toBe(1);
  });
});

describe('histories of any findings', () => {
  it('hold exactly what is stale now and what nothing was learnt about, and add up', () => {
    const findings = fc.uniqueArray(
      fc.record({ resourceId: fc.constantFrom('a', 'b', 'c', 'd'), verdict }).map(aFinding),
      { selector: keyInTarget },
    );
    fc.assert(
      fc.property(findings, findings, (before, after) => {
        const previous = updateHistory({
          ...looked,
          previous: emptyHistory(),
          findings: before,
        }).next;
        const { next, change } = updateHistory({ ...looked, previous, findings: after });
        expect(History.parse(JSON.parse(JSON.stringify(next)))).toEqual(next);
        const stale = after.filter((finding) => finding.verdict === 'STALE');
        expect(change.newlyStale + change.stillStale).toBe(stale.length);
        const sizes = [previous, next].map(({ entries }) => Object.keys(entries).length);
        expect(sizes[1]).toBe((sizes[0] ?? 0) + change.newlyStale - change.noLongerStale);
      }),
    );
  });
});
