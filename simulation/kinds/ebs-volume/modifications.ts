import { element, itemList } from '../../services/protocols/xml.ts';
import type { FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import { arraySource, listPage } from '../../services/ec2/paging.ts';
import type { SimModification } from './state.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

const LIMITS = { min: 5, max: 500, clamp: true, idParameter: 'VolumeId' } as const;

/** DescribeVolumesModifications: those of the past too, and only what a service doesn't manage. */
export const describeVolumesModifications: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'VolumeId', 'IncludeManagedResources', 'Filter'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const estate = call.estate();
    const now = estate.now();
    const fields: FilterFields<SimModification> = {
      'modification-state': (one) => [stateOf(one, now)],
      'volume-id': ({ volumeId }) => [volumeId],
    };
    const passes = toPredicate(parseFilters(call.parameters), fields);
    const ids = call.parameters.list('VolumeId');
    const isAsked = (id: string) => ids.length === 0 || ids.includes(id);
    const isShown = (id: string) =>
      estate.volume(id)?.managedBy === undefined ||
      call.parameters.isTrue('IncludeManagedResources');
    const { items, nextToken } = listPage(call, {
      source: arraySource([...VOLUME_SURROUNDINGS.of(estate).modifications.values()]),
      matches: (one: SimModification) =>
        isAsked(one.volumeId) && isShown(one.volumeId) && passes(one),
      limits: LIMITS,
    });
    const described = items.map(
      (one) =>
        element('volumeId', one.volumeId) +
        element('modificationState', stateOf(one, now)) +
        element('progress', stateOf(one, now) === 'completed' ? 100 : 42) +
        element('startTime', one.startedAt) +
        element('endTime', stateOf(one, now) === 'completed' ? one.endedAt : undefined),
    );
    return itemList('volumeModificationSet', described) + nextToken;
  },
};

function stateOf({ optimizingFrom, endedAt }: SimModification, now: Date): string {
  if (endedAt !== undefined && endedAt <= now) return 'completed';
  return optimizingFrom <= now ? 'optimizing' : 'modifying';
}
