import type { SnapshotShape, TagShape } from '../archetype.ts';
import type { HashKey } from '../hash.ts';
import { choose, fraction, hash32 } from '../hash.ts';
import { DAY_MS } from '../../model/units.ts';

/** What a snapshot's description and tags may speak of. */
export interface TextContext {
  readonly key: HashKey;
  readonly lineage: number;
  readonly snapshotPosition: number;
  readonly accountId: string;
  readonly region: string;
  readonly now: Date;
  readonly volumeId: string;
  /** An instance the volume is or was attached to. */
  readonly instanceId: string;
  /** The AMI made of this snapshot, or one that is long gone. */
  readonly imageId: string;
  readonly isOfImage: boolean;
  readonly isCopy: boolean;
}

const SERVICES = ['web', 'orders', 'ledger', 'search', 'mail', 'build', 'metrics'] as const;
const TEAMS = ['shop', 'payments', 'data', 'platform'] as const;
const ENVIRONMENTS = ['prod', 'staging', 'test'] as const;

/** The tags of a lineage's volume and snapshots; three lineages in ten have none. */
export function ownerTags(key: HashKey, lineage: number): Record<string, string> {
  if (fraction(key, lineage, 11) < 0.3) return {};
  const service = choose(SERVICES, key, lineage, 12);
  const number = (hash32(key, lineage, 13) % 40) + 1;
  return {
    Name: `${service}-${String(number).padStart(2, '0')}-data`,
    team: choose(TEAMS, key, lineage, 14),
    env: choose(ENVIRONMENTS, key, lineage, 15),
  };
}

const volumeArn = (at: Pick<TextContext, 'accountId' | 'region' | 'volumeId'>) =>
  `arn:aws:ec2:${at.region}:${at.accountId}:volume/${at.volumeId}`;

function tagValue(shape: TagShape, context: TextContext): string {
  if (typeof shape === 'string') return shape;
  if ('arnOf' in shape) return volumeArn(context);
  const date = new Date(context.now.getTime() + shape.dateInDays * DAY_MS);
  return date.toISOString().slice(0, 10);
}

export function snapshotTags(shape: SnapshotShape, context: TextContext): Record<string, string> {
  const own = Object.entries(shape.tags ?? {}).map(
    ([tag, value]) => [tag, tagValue(value, context)] as const,
  );
  return { ...ownerTags(context.key, context.lineage), ...Object.fromEntries(own) };
}

/** What is copied for an AMI that is gone, `kinds/ebs-snapshot/leftovers.ts` has. */
function copyDescription({ key, snapshotPosition, imageId, region }: TextContext): string {
  const origin = `snap-0${hash32(key, snapshotPosition, 21).toString(16).padStart(16, 'c')}`;
  return fraction(key, snapshotPosition, 22) < 0.5
    ? `[Copied ${origin} from ${region}]`
    : `${origin}, copied by hand from ${region} to start ${imageId} again`;
}

/** The description its maker would have left: AWS's wording for services, people's for the rest. */
export function snapshotDescription(shape: SnapshotShape, context: TextContext): string {
  if (shape.description !== undefined) return shape.description;
  const { key, snapshotPosition, volumeId, instanceId, imageId } = context;
  const createdForImage = `Created by CreateImage(${instanceId}) for ${imageId}`;
  if (context.isOfImage) return createdForImage;
  if (context.isCopy) return copyDescription(context);
  const tags = Object.keys(shape.tags ?? {});
  if (tags.some((tag) => tag.startsWith('aws:backup:'))) {
    return 'This snapshot is created by the AWS Backup service.';
  }
  if (tags.some((tag) => tag.startsWith('aws:dlm:'))) {
    return 'Created for policy: policy-0a1b2c3d4e5f60718 schedule: daily';
  }
  if (tags.includes('ebs.csi.aws.com/cluster')) {
    return `Created by AWS EBS CSI driver for volume ${volumeId}`;
  }
  const byHand = ['', 'before upgrade', 'manual backup', `backup of ${volumeId}`] as const;
  return choose([...byHand, `before an image of ${instanceId}`], key, snapshotPosition, 23);
}
