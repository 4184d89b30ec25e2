import { leavingOf, tellBilling } from '../../../core/summary/leaving.ts';
import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import {
  folded,
  type Leaving,
  NO_SAVINGS,
  savedBy,
  savedByKind,
  Savings,
  toLookForRestores,
  withRemoved,
  withRestores,
} from '../../../core/summary/savings.ts';
import { aRemovalOutcome, daysBefore, NOW } from '../../support/summaries/builders.ts';
import { resourceKey } from '../../../core/model/ids.ts';

const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const leaving = (days: number, given: Partial<Leaving> = {}): Leaving => ({
  ...{ until: inDays(days).toISOString(), resources: 1, sizeGiB: 100, monthlyCostUsdUpTo: 5 },
  ...{ unpricedGiB: 0, unpricedUnsized: 0, kind: aRemovalOutcome().kind, ...given },
});
const removed = (resourceId: string, given: Partial<RemovalOutcome> = {}): RemovalOutcome => ({
  ...aRemovalOutcome({ resourceId, outcome: 'REMOVED', sizeGiB: 100, monthlyCostUsdUpTo: 5 }),
  ...{ at: NOW.toISOString(), restorableUntil: inDays(14).toISOString(), ...given },
});
const of = (days: readonly Leaving[]) => ({
  ...{ startedAt: daysBefore(1), endedAt: NOW.toISOString(), leaving: days },
});
const taken = (id: string, days: readonly Leaving[], before: Savings = NO_SAVINGS) =>
  withRemoved(before, id, of(days));
const stage = (resources: number, sizeGiB = 100 * resources, usd = 5 * resources) => ({
  ...{ resources, sizeGiB, monthlyCostUsdUpTo: usd, unpricedGiB: 0, unpricedUnsized: 0 },
});

describe('savings by kind', () => {
  it('are of snapshots in files of before, also in the one sum, and of each kind from then on', () => {
    const { kind: _kind, ...old } = leaving(-3);
    const file = Savings.parse({
      ...{ ...NO_SAVINGS, folded: stage(1), foldedUntil: daysBefore(500) },
      executions: { b: { ...of([]), leaving: [old], restoresReadAt: null } },
    });
    const both = taken('c', [leaving(-1, { kind: 'ebs-volume' }), leaving(6)], file);
    const saved = savedByKind(both, NOW);
    expect(saved['ebs-volume']).toMatchObject({ gone: stage(1), inRecycleBin: stage(0) });
    expect(saved['ebs-snapshot']).toMatchObject({ gone: stage(2), inRecycleBin: stage(1) });
    expect(savedBy(both, NOW).gone).toEqual(stage(3));
  });

  it('stay apart where they are folded', () => {
    const both = taken('a', [leaving(-500), leaving(-500, { kind: 'ebs-volume' })]);
    const [execution = ''] = Object.keys(both.executions);
    const seen = withRestores(both, execution, { readAt: NOW });
    const sum = folded(seen, inDays(500));
    expect(sum.executions).toEqual({});
    expect(sum.foldedByKind).toEqual({ 'ebs-snapshot': stage(1), 'ebs-volume': stage(1) });
  });
});

describe('savings that somebody wrote', () => {
  it.each(['sizeGiB', 'monthlyCostUsdUpTo', 'unpricedGiB'] as const)(
    'below zero in %s are not believed',
    (what) => {
      const of = (given: Partial<Leaving>) => taken('a', [leaving(14, given)]);
      expect(Savings.safeParse(of({})).success).toBe(true);
      expect(Savings.safeParse(of({ [what]: -0.01 })).success).toBe(false);
      const folded = { ...NO_SAVINGS.folded, [what]: -0.01 };
      expect(Savings.safeParse({ ...NO_SAVINGS, folded }).success).toBe(false);
    },
  );
});

describe('what was removed', () => {
  it('counts as saved from the moment on which it leaves the Recycle Bin, and is billed until then', () => {
    const savings = taken('a', [leaving(14), leaving(30)]);
    expect(savedBy(savings, inDays(13.9))).toMatchObject({ gone: stage(0) });
    expect(savedBy(savings, inDays(14))).toEqual({
      since: daysBefore(1),
      gone: stage(1),
      inRecycleBin: { ...stage(1), lastUntil: inDays(30).toISOString() },
    });
    const all = { gone: stage(2), inRecycleBin: { ...stage(0), lastUntil: null } };
    expect(savedBy(savings, inDays(30))).toMatchObject(all);
  });

  it('without the bin is saved at once', () => {
    const days = leavingOf([removed('a', { restorableUntil: null })]);
    expect(savedBy(taken('a', days), NOW).gone).toEqual(stage(1));
  });

  it('and not seen in the bin, though a rule should keep it, is billed for as long as the rule says', () => {
    const lost = removed('a', { restorableUntil: null });
    const plan = { removals: [{ ...lost, restorableDays: 7, sharesWith: 'vol-1' }] };
    const [told] = tellBilling(plan as never, [lost]);
    expect(told).toMatchObject({ billedUntil: inDays(7).toISOString(), sharesWith: 'vol-1' });
    expect(leavingOf(told === undefined ? [] : [told])[0]?.until).toBe(inDays(7).toISOString());
  });

  it('and shares data counts as its largest, once, when the last of it has left', () => {
    const days = leavingOf([
      removed('a', { sharesWith: 'vol-1', restorableUntil: inDays(7).toISOString() }),
      removed('b', { sharesWith: 'vol-1', sizeGiB: 40, monthlyCostUsdUpTo: 2 }),
      removed('c', { sharesWith: 'vol-2', sizeGiB: 30, monthlyCostUsdUpTo: null }),
    ]);
    expect(days.map(({ until, kind: _kind, ...rest }) => [until, rest])).toEqual([
      [inDays(7).toISOString(), stage(1, 0, 0)],
      [inDays(14).toISOString(), { ...stage(2, 130, 5), unpricedGiB: 30, unpricedUnsized: 0 }],
    ]);
  });

  it('in no other way than REMOVED counts for nothing', () => {
    const others = ['ALREADY_GONE', 'FAILED', 'NOT_ATTEMPTED', 'DENIED', 'PROTECTED'] as const;
    expect(leavingOf(others.map((outcome) => removed(outcome, { outcome })))).toEqual([]);
  });
});

describe('what was restored', () => {
  const shared = [removed('a', { sharesWith: 'vol-1' }), removed('b', { sharesWith: 'vol-1' })];
  const keysOf = (...removals: readonly RemovalOutcome[]) => new Set(removals.map(resourceKey));

  it('is taken off what it shares data with, and off nothing else', () => {
    const [a] = shared as [RemovalOutcome];
    const days = leavingOf([...shared, removed('c')], keysOf(a));
    expect(days).toEqual([{ ...leaving(14), ...stage(2, 100, 5) }]);
  });

  it('never makes less than nothing of a sum', () => {
    const larger = removed('c', { sharesWith: 'vol-1', sizeGiB: 10, monthlyCostUsdUpTo: 1 });
    const days = leavingOf([...shared, larger], keysOf(...shared));
    expect(days).toMatchObject([{ resources: 1, sizeGiB: 0, monthlyCostUsdUpTo: 0 }]);
  });

  it('is looked for until two days after the last has left the bin', () => {
    const savings = taken('a', [leaving(14)]);
    const after = (days: number) => withRestores(savings, 'a', { readAt: inDays(days) });
    expect(toLookForRestores(after(15))).toEqual(['a']);
    expect(toLookForRestores(after(16))).toEqual([]);
    expect(toLookForRestores(taken('a', [leaving(14)], after(16)))).toEqual(['a']);
  });
});

describe('what is folded', () => {
  const settled = withRestores(taken('a', [leaving(14)]), 'a', { readAt: inDays(20) });

  it('is the sum of what can neither change nor come again', () => {
    expect(folded(settled, inDays(399))).toEqual(settled);
    const later = folded(settled, inDays(400));
    expect(Savings.parse(later)).toMatchObject({ executions: {}, folded: stage(1) });
    expect(savedBy(later, inDays(400))).toEqual(savedBy(settled, inDays(400)));
  });

  it('is not what nobody looked for restores of', () => {
    const open = taken('a', [leaving(14)]);
    expect(folded(open, inDays(900))).toEqual(open);
  });

  it('is not counted again, and what began since is', () => {
    const later = folded(settled, inDays(400));
    expect(taken('a', [leaving(14)], later)).toEqual(later);
    const next = withRemoved(later, 'b', { ...of([leaving(414)]), startedAt: NOW.toISOString() });
    expect(savedBy(next, inDays(420)).gone).toEqual(stage(2));
  });
});

it('an execution that removed nothing says only since when is counted', () => {
  const none = taken('a', []);
  expect(none).toEqual({ ...NO_SAVINGS, since: daysBefore(1) });
  const before = { ...of([]), startedAt: daysBefore(9) };
  expect(withRemoved(none, 'b', before).since).toBe(daysBefore(9));
});
