import {
  paginateDescribeReplaceRootVolumeTasks,
  type ReplaceRootVolumeTask,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import type { Excerpt, Identified } from '../../listings/listing.ts';
import type { RootReplacement } from '../facts.ts';

type Task = Identified<ReplaceRootVolumeTask, 'ReplaceRootVolumeTaskId'>;

const OPERATION = 'ec2:DescribeReplaceRootVolumeTasks';
/** So long somebody may want to go back to what was replaced. */
const FALLBACK_DAYS = 90;

/**
 * Replacements of the last 90 days that leave the old root volume behind. A task names its instance,
 * and not the volume.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRootVolumeTask.html
 */
export const ROOT_REPLACEMENTS: Excerpt<Task, RootReplacement> = {
  listing: {
    name: 'root-volume-replacements',
    reach: 'regional',
    iam: [OPERATION],
    cost: '1 call per 50 replacements, where a volume is unattached',
    list: async function* ({ clients }) {
      const pages = paginateDescribeReplaceRootVolumeTasks(
        { client: clients.ec2 },
        { MaxResults: 50 },
      );
      const tasks = itemsOfPages(OPERATION, pages, (page) => page.ReplaceRootVolumeTasks);
      for await (const task of tasks) {
        checkId(task, 'ReplaceRootVolumeTaskId', OPERATION);
        yield task;
      }
    },
  },
  take: (task, { now }) => {
    const startedAt = toTime(task.StartTime);
    const endedAt = toTime(task.CompleteTime);
    const isOver = now.getTime() - (endedAt ?? now).getTime() > FALLBACK_DAYS * DAY_MS;
    if (isOver || task.DeleteReplacedRootVolume === true) return null;
    return {
      taskId: task.ReplaceRootVolumeTaskId,
      instanceId: task.InstanceId ?? 'unknown',
      startedAt: startedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    };
  },
};

function toTime(text: string | undefined): Date | undefined {
  const time = new Date(text ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
