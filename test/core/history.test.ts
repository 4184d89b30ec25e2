import fc from 'fast-check';
import { emptyHistory, History, historyKey, updateHistory } from '../../core/history.ts';
import { aFinding, daysBefore, KIND, NOW } from '../support/builders.ts';
import { verdict } from '../support/arbitraries.ts';

const early = daysBefore(20);
const known = (resourceId = 'snap-1', kind = KIND): History => ({
  schemaVersion: 1,
  entries: { [`${kind}:${resourceId}`]: { staleSince: early, lastSeen: daysBefore(7) } },
});
const looked = { status: 'COMPLETE' as const, kinds: [KIND], now: NOW };

describe('since when a resource is stale', () => {
  it('starts when an execution first sees it stale', () => {
    expect(updateHistory({ ...looked, previous: emptyHistory(), findings: [aFinding()] })).toEqual({
      next: {
        schemaVersion: 1,
        entries: {
          'ebs-snapshot:snap-1': { staleSince: NOW.toISOString(), lastSeen: NOW.toISOString() },
        },
      },
      change: { newlyStale: 1, stillStale: 0, noLongerStale: 0 },
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
    });
  });

  it('stays when it was seen with everything looked at, whatever a later look leaves out', () => {
    const findings = [aFinding({ evidence: { notLookedAt: ['amis'] } })];
    const { next } = updateHistory({ ...looked, previous: known(), findings });
    expect(next.entries['ebs-snapshot:snap-1']).toEqual({
      staleSince: early,
      lastSeen: NOW.toISOString(),
    });
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
    });
    expect(change).toEqual({ newlyStale: 0, stillStale: 1, noLongerStale: 0 });
  });

  it.each([
    ['UNKNOWN', aFinding({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] })],
    ['only too young for a stricter policy', aFinding({ verdict: 'KEEP', reasons: ['TOO_YOUNG'] })],
  ])('is untouched while it is %s: that is no evidence of use', (_, finding) => {
    const update = updateHistory({ ...looked, previous: known(), findings: [finding] });
    expect(update.next).toEqual(known());
    expect(update.change.noLongerStale).toBe(0);
  });

  it('is untouched where the target was not seen completely', () => {
    expect(
      updateHistory({ ...looked, status: 'THROTTLED', previous: known(), findings: [] }),
    ).toEqual({ next: known(), change: { newlyStale: 0, stillStale: 0, noLongerStale: 0 } });
  });

  it('is untouched for a kind that was not looked at', () => {
    const other = known('ami-1', 'ami');
    expect(updateHistory({ ...looked, previous: other, findings: [] }).next).toEqual(other);
  });

  it.each([
    [
      'kept by a guard',
      [aFinding({ verdict: 'KEEP', reasons: ['PROTECTED_BY_TAG', 'TOO_YOUNG'] })],
    ],
    ['in use and so not listed, or gone', []],
  ])('is forgotten once it is %s: its grace starts anew', (_, findings) => {
    const { next, change } = updateHistory({ ...looked, previous: known(), findings });
    expect(next.entries).toEqual({});
    expect(change).toEqual({ newlyStale: 0, stillStale: 0, noLongerStale: 1 });
  });

  it('never moves forward, in whatever order executions end', () => {
    const later = { ...looked, findings: [aFinding()] };
    const first = updateHistory({ ...later, previous: emptyHistory() });
    const second = updateHistory({
      ...later,
      previous: first.next,
      now: new Date(daysBefore(3)),
    });
    expect(second.next.entries['ebs-snapshot:snap-1']).toEqual({
      staleSince: daysBefore(3),
      lastSeen: NOW.toISOString(),
    });
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
      { selector: historyKey },
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
