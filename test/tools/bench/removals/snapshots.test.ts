import { reportOfRemoval } from '../../../../tools/bench/removals/snapshots.ts';

const SMALL = {
  name: 'small',
  snapshots: 600,
  removals: 130,
  removalsPerSecond: 50,
  skipReferences: ['snapshot-attributes'],
  maxThrottledShare: 0.2,
  minShareOfAllowed: 0.5,
};

it('removes all that it plans, into the Recycle Bin, as fast as the bucket allows', async () => {
  const { bounds, ...report } = await reportOfRemoval(SMALL);
  expect(bounds.filter(({ ok }) => !ok)).toEqual([]);
  expect(report).toMatchObject({ planned: 130, removed: 130, kept: 0, goneUntold: 0, ok: true });
  const requests = report.calls.byOperation['ec2:DeleteSnapshot'] ?? 0;
  const throttled = report.calls.throttled['ec2:DeleteSnapshot'] ?? 0;
  expect(requests - throttled).toBe(130);
  expect(report.shareThrottled).toBeCloseTo(throttled / requests, 3);
});

it('is broken where fewer are removed than it is for, and where it is slower than said', async () => {
  const { bounds } = await reportOfRemoval({
    ...SMALL,
    snapshots: 20,
    removalsPerSecond: 2,
    minShareOfAllowed: 0.9,
  });
  expect(bounds.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
    'planned, at least',
    'removed, at least',
    'share of the allowed rate, at least',
  ]);
});
