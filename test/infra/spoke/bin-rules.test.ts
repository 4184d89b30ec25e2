import { binRulesOf } from '../../../infra/spoke/bin-rules.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { isRemovable, type RemovableKind } from '../../../kinds/kind.ts';
import type { BinResourceType } from '../../../core/outcome/recycle-bin.ts';

const keeping = (resourceType: BinResourceType, mostDays: number) => {
  const [snapshots] = KINDS.filter(isRemovable);
  const { removal } = snapshots!;
  const [step] = removal.steps;
  const [bin] = step.undo;
  const own = { ...bin, keeps: { resourceType, mostDays } } as typeof bin;
  return { removal: { ...removal, steps: [{ ...step, undo: [own] }] } } satisfies Pick<
    RemovableKind,
    'removal'
  >;
};

it('each type of resource has one rule, for no more days than AWS keeps it', () =>
  expect(
    binRulesOf(
      [keeping('EBS_SNAPSHOT', 365), keeping('EBS_VOLUME', 7), keeping('EBS_VOLUME', 7)],
      30,
    ),
  ).toEqual([
    { logicalId: 'Rule', resourceType: 'EBS_SNAPSHOT', retentionDays: 30 },
    { logicalId: 'VolumeRule', resourceType: 'EBS_VOLUME', retentionDays: 7 },
  ]));

it('volumes and snapshots have a rule each, volumes for 7 days', () =>
  expect(binRulesOf(KINDS.filter(isRemovable), 30)).toEqual([
    { logicalId: 'Rule', resourceType: 'EBS_SNAPSHOT', retentionDays: 30 },
    { logicalId: 'VolumeRule', resourceType: 'EBS_VOLUME', retentionDays: 7 },
  ]));

it('what is configured shorter stays shorter', () =>
  expect(binRulesOf([keeping('EBS_VOLUME', 7)], 3)).toMatchObject([{ retentionDays: 3 }]));

it('what no bin keeps has no rule', () => {
  const [snapshots] = KINDS.filter(isRemovable);
  const { removal } = snapshots!;
  const [step] = removal.steps;
  const gone = { ...step, undo: [{ way: 'NONE', says: 'It is gone.' }] as const };
  expect(binRulesOf([{ removal: { ...removal, steps: [gone] } }], 30)).toEqual([]);
});
