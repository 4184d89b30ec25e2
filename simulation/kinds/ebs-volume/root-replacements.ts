import { element, itemList } from '../../services/protocols/xml.ts';
import type { FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import { arraySource, listPage } from '../../services/ec2/paging.ts';
import type { SimRootReplacement } from './state.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

const LIMITS = {
  min: 1,
  max: 50,
  clamp: true,
  idParameter: 'ReplaceRootVolumeTaskId',
  alwaysPaged: true,
} as const;

const FIELDS: FilterFields<SimRootReplacement> = {
  'instance-id': ({ instanceId }) => [instanceId],
};

/** DescribeReplaceRootVolumeTasks. A task names its instance, and not the volume that it replaced. */
export const describeReplaceRootVolumeTasks: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'ReplaceRootVolumeTaskId', 'Filter'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const estate = call.estate();
    const passes = toPredicate(parseFilters(call.parameters), FIELDS);
    const ids = call.parameters.list('ReplaceRootVolumeTaskId');
    const { items, nextToken } = listPage(call, {
      source: arraySource([...VOLUME_SURROUNDINGS.of(estate).rootReplacements.values()]),
      matches: (one: SimRootReplacement) =>
        (ids.length === 0 || ids.includes(one.taskId)) && passes(one),
      limits: LIMITS,
    });
    const described = items.map((one) => describe(one, estate.now()));
    return itemList('replaceRootVolumeTaskSet', described) + nextToken;
  },
};

function describe(one: SimRootReplacement, now: Date): string {
  const isOver = one.endedAt !== undefined && one.endedAt <= now;
  return (
    element('replaceRootVolumeTaskId', one.taskId) +
    element('instanceId', one.instanceId) +
    element('taskState', isOver ? 'succeeded' : 'in-progress') +
    element('startTime', one.startedAt) +
    element('completeTime', isOver ? one.endedAt : undefined) +
    element('deleteReplacedRootVolume', one.deletesReplacedVolume)
  );
}
