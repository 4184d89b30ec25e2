import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

let sweep: RemovalSweep;
beforeEach(async () => {
  sweep = await openRemovalSweep();
});
afterEach(async () => sweep.close());

it('a launch template that names more snapshots than a call takes arguments breaks nothing', async () => {
  const snapshotIds = Array.from(
    { length: 130_000 },
    (_, i) => `snap-0${i.toString(16).padStart(16, 'f')}`,
  );
  const [estate] = sweep.estates;
  estate?.putLaunchTemplate({
    launchTemplateId: 'lt-0flood',
    name: 'flood',
    createTime: sweep.clock.now(),
    defaultVersion: 1,
    versions: [{ number: 1, snapshotIds }],
  });
  const ended = await sweep.run('mine');
  expect(ended.summary?.status).toBe('COMPLETE');
  expect(sweep.gone()).toHaveLength(8);
}, 120_000);
