import { renderRestores } from '../../../report/terminal/restore-text.ts';
import type { SimVolume } from '../../../simulation/model/organization.ts';
import {
  openVolumesSweep,
  unattached,
  volumeId,
} from '../../support/organizations/volumes-sweep.ts';
import { tinyId, tinySnapshot } from '../../support/organizations/tiny-organization.ts';
import { NOW } from '../../support/manual-clock.ts';

type Opened = Awaited<ReturnType<typeof openVolumesSweep>>;
type Ended = Awaited<ReturnType<Opened['run']>>;

const VOL = volumeId(1);
const ANYWAY = { policy: { graceDays: 0, requireUndo: false } };

let sweep: Opened;
afterEach(async () => sweep.close());
const open = async (...[volumes, options]: Parameters<typeof openVolumesSweep>) =>
  (sweep = await openVolumesSweep(volumes, options));

const planned = ({ plan }: Ended) =>
  plan.removals.map(({ resourceId, step }) => [resourceId, step]);
const held = ({ plan }: Ended) =>
  plan.held.map(({ resourceId, held: why }) => [resourceId, ...why]);
const ends = ({ removals }: Ended) =>
  removals.map(({ resourceId, step, outcome, reasons }) => [resourceId, step, outcome, ...reasons]);
const isThere = (id = VOL) => sweep.estate.volume(id) !== undefined;

it('is copied in one execution, and deleted in the next one, into the bin', async () => {
  await open([unattached(1, { tags: { Name: 'old' } })]);
  const first = await sweep.run();
  expect(ends(first)).toEqual([[VOL, 'copy', 'STEP_DONE']]);
  const [copy, ...others] = sweep.copies();
  expect(others).toEqual([]);
  expect(copy?.tags).toMatchObject({ 'orgsweep:final-copy-of': VOL });
  expect(copy?.tags).not.toHaveProperty('orgsweep:marked');
  expect(isThere()).toBe(true);
  sweep.later(2);
  const second = await sweep.run();
  expect(ends(second)).toEqual([[VOL, 'delete', 'REMOVED']]);
  expect(second.removals[0]).toMatchObject({ restorableUntil: expect.any(String) as string });
  expect(isThere()).toBe(false);
  expect(sweep.copies()).toHaveLength(1);
  sweep.later(2);
  expect(planned(await sweep.run())).toEqual([]);
});

it('comes back out of the bin as it was, and stays', async () => {
  await open([unattached(1, { tags: { Name: 'old' } })]);
  await sweep.run();
  sweep.later(2);
  await sweep.run();
  sweep.later(3);
  const restored = await sweep.restore('test-2');
  const copyLeft = sweep.copies()[0]!.snapshotId;
  expect(restored).toMatchObject([{ resourceId: VOL, result: 'RESTORED', copyLeft }]);
  const place = { accountId: '111122223333', region: 'eu-west-1' };
  expect(renderRestores('test-2', [{ ...restored[0]!, place }])).toContain(
    `Its copy ${copyLeft} stays, and is billed`,
  );
  expect(sweep.estate.volume(VOL)?.tags).toMatchObject({
    Name: 'old',
    'orgsweep:protect': 'restored after orgsweep execution test-2',
  });
  sweep.later(1);
  expect(planned(await sweep.run())).toEqual([]);
});

it('is made again of its copy when the bin is over, under a new id that is told', async () => {
  const tags = { Name: 'old', Team: 'shop' };
  await open([unattached(1, { tags, type: 'io2', iops: 4_000, sizeGiB: 20 })]);
  await sweep.run();
  sweep.later(2);
  await sweep.run();
  sweep.later(8);
  const [back] = await sweep.restore('test-2');
  expect(back).toMatchObject({ resourceId: VOL, result: 'RESTORED' });
  const id = back?.newId ?? '';
  expect(id).not.toBe(VOL);
  expect(back?.whatIsNew).toMatch(/its id is new/);
  const [copy] = sweep.copies();
  const { type, iops, sizeGiB, snapshotId, availabilityZone } = sweep.estate.volume(id)!;
  expect({ type, iops, sizeGiB, snapshotId, availabilityZone }).toEqual({
    ...{ type: 'io2', iops: 4_000, sizeGiB: 20 },
    ...{ snapshotId: copy!.snapshotId, availabilityZone: 'eu-west-1a' },
  });
  expect(sweep.estate.volume(id)?.tags).toEqual({
    ...tags,
    'orgsweep:made-again-from': VOL,
    'orgsweep:protect': 'restored after orgsweep execution test-2',
  });
  // A second restore makes no second one.
  const again = await sweep.restore('test-2');
  expect(again).toMatchObject([{ result: 'ALREADY_RESTORED', newId: id }]);
  expect([...sweep.estate.volumes(0, 100).items]).toHaveLength(2);
  // The one that only copied finds it there too.
  expect(await sweep.restore('test-1')).toMatchObject([{ result: 'ALREADY_RESTORED', newId: id }]);
});

it('is not brought back by the restore of a copy where others deleted it, and that is told', async () => {
  await open([unattached(1)]);
  await sweep.run();
  sweep.estate.removeVolume(VOL);
  const [restored] = await sweep.restore('test-1');
  expect(restored).toMatchObject({ resourceId: VOL, result: 'NOT_REMOVED' });
  expect(restored?.whatIsNew).toContain(`If ${sweep.copies()[0]!.snapshotId} is still there`);
});

it('goes without a rule of the bin where its copy is whole, and comes back by that', async () => {
  await open([unattached(1)], { rules: [] });
  await sweep.run();
  sweep.later(2);
  const second = await sweep.run();
  expect(ends(second)).toEqual([[VOL, 'delete', 'REMOVED']]);
  expect(second.removals[0]).toMatchObject({ undo: 'MADE' });
  const [back] = await sweep.restore('test-2');
  expect(back).toMatchObject({ result: 'RESTORED', newId: expect.any(String) as string });
});

it.each(['gp2', 'gp3'] as const)('is made again whatever its type: %s', async (type) => {
  await open([unattached(1, { type })], { rules: [] });
  await sweep.run();
  sweep.later(2);
  await sweep.run();
  const [back] = await sweep.restore('test-2');
  expect(sweep.estate.volume(back?.newId ?? '')).toMatchObject({ type });
});

it('stays where neither a rule of the bin nor its copy keeps it', async () => {
  await open([unattached(1)], { rules: [] });
  await sweep.run();
  sweep.later(2);
  const [copy] = sweep.copies();
  // Its owner deletes the copy; another one is made.
  sweep.estate.deleteSnapshot(copy!.snapshotId, { role: 'hub', accessKeyId: 'owner' });
  expect(ends(await sweep.run())).toEqual([[VOL, 'copy', 'STEP_DONE']]);
  expect(isThere()).toBe(true);
});

it('an input that does not name volumes in `remove` copies and deletes none', async () => {
  await open([unattached(1)], { kinds: ['ebs-snapshot', 'ebs-volume'] });
  const ended = await sweep.run({ remove: ['ebs-snapshot'], ...ANYWAY });
  expect(planned(ended)).toEqual([]);
  expect(held(ended)).toEqual([[VOL, 'KIND_NOT_TO_REMOVE']]);
  expect([isThere(), sweep.copies()]).toEqual([true, []]);
});

it('a copy whose answer is lost is made once, and goes on from there', async () => {
  await open([unattached(1)], {
    faults: [{ operation: 'CreateSnapshot', answer: 'lost', calls: { from: 1, to: 1 } }],
  });
  const first = await sweep.run();
  expect(ends(first)).toEqual([[VOL, 'copy', 'STEP_DONE', 'ANSWER_LOST']]);
  expect(sweep.copies()).toHaveLength(1);
  sweep.later(2);
  expect(ends(await sweep.run())).toEqual([[VOL, 'delete', 'REMOVED']]);
  expect(sweep.copies()).toHaveLength(1);
});

it('a copy that is not completed is waited for', async () => {
  // A minute for 10 GiB: more than a day.
  await open([unattached(1, { sizeGiB: 16_384 })]);
  await sweep.run();
  sweep.later(0.5);
  const waiting = await sweep.run();
  expect([planned(waiting), held(waiting)]).toEqual([[], [[VOL, 'STEP_NOT_DUE']]]);
  sweep.later(2);
  expect(ends(await sweep.run())).toEqual([[VOL, 'delete', 'REMOVED']]);
  expect(sweep.copies()).toHaveLength(1);
});

describe('a volume that has a copy of somebody else’s', () => {
  const SNAP = tinyId('snap', 7);
  const openCopied = async () => {
    await open([unattached(1)]);
    const startTime = new Date(NOW.getTime() - 80 * 86_400_000);
    sweep.estate.putSnapshot(tinySnapshot(7, { volumeId: VOL, startTime }));
  };
  const tagCopy = (tags: Record<string, string>) => sweep.estate.tagSnapshot(SNAP, tags);
  /** Once the volume's marker is there, and before it is seen. */
  const afterMarking = (act: () => void) => {
    const { estate } = sweep;
    const tag = estate.tagVolume.bind(estate);
    estate.tagVolume = (...asked: Parameters<typeof tag>) => {
      const answer = tag(...asked);
      act();
      return answer;
    };
  };

  it('is deleted, and needs no other', async () => {
    await openCopied();
    expect(ends(await sweep.run(ANYWAY))).toEqual([[VOL, 'delete', 'REMOVED']]);
  });

  it('stays where another execution marks the copy while this one marks the volume', async () => {
    await openCopied();
    afterMarking(() => tagCopy({ 'orgsweep:marked': 'true' }));
    expect(ends(await sweep.run(ANYWAY))).toEqual([
      [VOL, 'delete', 'NO_LONGER_STALE', 'STEP_CHANGED'],
    ]);
    expect(isThere()).toBe(true);
  });

  it('stays where its copy is gone by then', async () => {
    await openCopied();
    const by = { role: 'hub', accessKeyId: 'owner' } as const;
    afterMarking(() => sweep.estate.deleteSnapshot(SNAP, by));
    const ended = await sweep.run(ANYWAY);
    expect(ends(ended)).toEqual([[VOL, 'delete', 'NO_LONGER_STALE', 'STEP_CHANGED']]);
  });
});

it('an owner who attaches it between the steps keeps it', async () => {
  await open([unattached(1)]);
  await sweep.run();
  sweep.later(2);
  const volume = sweep.estate.volume(VOL)!;
  const attachments: SimVolume['attachments'] = [
    { instanceId: 'i-0000000000000abcd', device: '/dev/sdf', state: 'attached' },
  ];
  sweep.estate.putVolume({ ...volume, state: 'in-use', attachments });
  expect(planned(await sweep.run())).toEqual([]);
  expect(isThere()).toBe(true);
});

it('an owner who had it for half an hour between the steps keeps it, as soon as CloudWatch shows it', async () => {
  await open([unattached(1)]);
  await sweep.run();
  sweep.later(2);
  const volume = sweep.estate.volume(VOL)!;
  // The control is on it too: the instance runs.
  const { instanceId = '' } = sweep.estate.volume(volumeId(99))!.attachments[0]!;
  const attachments = [{ instanceId, device: '/dev/sdg', state: 'attached' as const }];
  sweep.estate.putVolume({ ...volume, state: 'in-use', attachments });
  sweep.later(0.5 / 24);
  sweep.estate.putVolume(volume);
  // Of what had it for a minute or two right before the look nothing shows: see its blind spots.
  const ended = await sweep.run();
  expect(planned(ended)).toEqual([]);
  expect(isThere()).toBe(true);
});

it('an owner who protects it between the steps keeps it', async () => {
  await open([unattached(1)]);
  await sweep.run();
  sweep.later(2);
  const { tags } = sweep.estate.volume(VOL)!;
  sweep.estate.tagVolume(VOL, { ...tags, 'orgsweep:protect': '' });
  expect(planned(await sweep.run())).toEqual([]);
  expect(isThere()).toBe(true);
});

it('of sc1 no copy is made, and without one it stays until the policy says otherwise', async () => {
  await open([unattached(1, { type: 'sc1', sizeGiB: 500 })]);
  const first = await sweep.run(ANYWAY);
  expect([planned(first), held(first)]).toEqual([[], [[VOL, 'NO_COPY']]]);
  const own = { 'ebs-volume': { allowNoCopy: true } };
  const second = await sweep.run({ policy: { graceDays: 0, kinds: own } });
  expect(ends(second)).toEqual([[VOL, 'delete', 'REMOVED']]);
  expect(sweep.copies()).toEqual([]);
  expect(await sweep.restore('test-2')).toMatchObject([{ result: 'RESTORED' }]);
});

it('what failed when it was made stays, whatever the policy', async () => {
  await open([unattached(1, { state: 'error' })]);
  const kinds = { 'ebs-volume': { allowNoCopy: true, finalCopy: 'never' } };
  const ended = await sweep.run({
    policy: {
      ...{ graceDays: 0, requireUndo: false, kinds },
      allowIrreversible: ['ebs-volume:delete'],
    },
  });
  expect([planned(ended), held(ended)]).toEqual([[], [[VOL, 'NO_COPY']]]);
});

it('a role that may make no copy keeps all, and what to do about it is told', async () => {
  await open([unattached(1), unattached(2)], {
    faults: [{ operation: 'CreateSnapshot', answer: 'deny' }],
  });
  const ended = await sweep.run();
  expect(ends(ended)).toEqual([
    [VOL, 'copy', 'DENIED'],
    [volumeId(2), 'copy', 'DENIED'],
  ]);
  expect([isThere(), sweep.copies()]).toEqual([true, []]);
  expect(ended.text).toMatch(/Check the permissions of the deletion role/);
  expect(ended.removals[0]?.failure?.operation).toBe('ec2:CreateSnapshot');
});

it('the restore of an execution that only copied protects the volume', async () => {
  await open([unattached(1)]);
  await sweep.run();
  expect(await sweep.restore('test-1')).toMatchObject([
    { resourceId: VOL, result: 'ALREADY_RESTORED' },
  ]);
  sweep.later(2);
  expect(planned(await sweep.run())).toEqual([]);
  expect(isThere()).toBe(true);
});
