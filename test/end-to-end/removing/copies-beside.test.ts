import { NOW } from '../../support/manual-clock.ts';
import { tinySnapshot } from '../../support/organizations/tiny-organization.ts';
import {
  openVolumesSweep,
  unattached,
  volumeId,
} from '../../support/organizations/volumes-sweep.ts';

const DAY_MS = 86_400_000;
const BOTH = ['ebs-volume', 'ebs-snapshot'];
const INPUT = {
  remove: BOTH,
  // Whatever a policy says of last copies.
  policy: { graceDays: 0, requireUndo: false, allowLastCopy: true },
  limits: { maxStalePercent: 100, maxStalePercentPerAccount: 100, maxStalePercentOverall: 100 },
};
const WHY_IT_STAYS = ['LAST_COPY_OF_REMOVED_VOLUME', 'VOLUME_IN_RECYCLE_BIN'];
/** Detached 100 days ago. */
const VOL = volumeId(1);
/** By hand, and without what was written on the volume since. */
const BY_HAND = tinySnapshot(1, {
  volumeId: VOL,
  startTime: new Date(NOW.getTime() - 200 * DAY_MS),
});
/** After the last use; its policy deletes it when it likes. */
const OF_DLM = tinySnapshot(2, {
  volumeId: VOL,
  startTime: new Date(NOW.getTime() - 50 * DAY_MS),
  tags: { 'aws:dlm:lifecycle-policy-id': 'policy-0123456789abcdef0' },
});

let sweep: Awaited<ReturnType<typeof openVolumesSweep>>;
afterEach(async () => sweep.close());

it('of a volume with a snapshot from before its last use and one of DLM from after it: it gets a copy of its own, the first stays while it leaves, the other is never touched', async () => {
  sweep = await openVolumesSweep([unattached(1)], { kinds: BOTH });
  sweep.estate.putSnapshot(BY_HAND);
  sweep.estate.putSnapshot(OF_DLM);
  const run = async () => {
    const { plan, findings, removals } = await sweep.run(INPUT);
    expect(sweep.estate.snapshot(OF_DLM.snapshotId)).toEqual(OF_DLM);
    const isIt = (one: { readonly resourceId: string }) => one.resourceId === BY_HAND.snapshotId;
    const held = plan.held.find(isIt)?.held ?? findings.find(isIt)?.reasons;
    return {
      stays: held?.find((why) => WHY_IT_STAYS.includes(why)),
      ends: removals.map(({ resourceId, step, outcome }) => [resourceId, step, outcome]),
    };
  };

  const held = { stays: 'LAST_COPY_OF_REMOVED_VOLUME' };
  expect(await run()).toEqual({ ...held, ends: [[VOL, 'copy', 'STEP_DONE']] });
  const [copy, ...more] = sweep
    .copies()
    .filter(({ snapshotId }) => ![BY_HAND, OF_DLM].some((one) => one.snapshotId === snapshotId));
  expect([copy?.tags['orgsweep:final-copy-of'], more]).toEqual([VOL, []]);
  sweep.later(2);
  expect(await run()).toEqual({ ...held, ends: [[VOL, 'delete', 'REMOVED']] });
  sweep.later(3);
  expect(await run()).toEqual({ stays: 'VOLUME_IN_RECYCLE_BIN', ends: [] });
  // Out of the Recycle Bin, and not for long enough.
  sweep.later(10);
  expect(await run()).toEqual({ ...held, ends: [] });

  sweep.later(40);
  expect((await run()).ends).toEqual([[BY_HAND.snapshotId, undefined, 'REMOVED']]);
  sweep.later(40);
  expect((await run()).ends).toEqual([[copy?.snapshotId, undefined, 'REMOVED']]);
  expect(sweep.copies().map(({ snapshotId }) => snapshotId)).toEqual([OF_DLM.snapshotId]);
});
