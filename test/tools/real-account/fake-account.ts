import {
  ec2Answer,
  ec2Error,
  type FakeAnswer,
  type SentRequest,
} from '../../support/aws/fake-aws.ts';
import { snapshotXml } from '../../support/aws/fake-ec2.ts';

interface Thing {
  readonly id: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly volumeId?: string;
  locked?: boolean;
}

/** An account that does with what is made in it what orgsweep assumes of AWS. */
export function makeFakeAccount() {
  const volumes = new Map<string, Thing>();
  const snapshots = new Map<string, Thing>();
  const images = new Map<string, Thing & { readonly snapshotId: string }>();
  const bin = new Map<string, Thing>();
  const rules = new Set<string>();
  let made = 0;
  const next = (prefix: string) => `${prefix}-${(made += 1).toString(16).padStart(17, '0')}`;

  const answers: Readonly<Record<string, (params: Params) => FakeAnswer | string>> = {
    DescribeAvailabilityZones: () =>
      '<availabilityZoneInfo><item><zoneName>eu-west-1a</zoneName></item></availabilityZoneInfo>',
    CreateVolume: (params) => {
      const id = next('vol');
      volumes.set(id, { id, tags: tagsOf(params) });
      return `<volumeId>${id}</volumeId>`;
    },
    CreateSnapshot: (params) => {
      const id = next('snap');
      snapshots.set(id, { id, tags: tagsOf(params), volumeId: params['VolumeId'] ?? '' });
      return `<snapshotId>${id}</snapshotId>`;
    },
    CopySnapshot: (params) => {
      const id = next('snap');
      snapshots.set(id, { id, tags: tagsOf(params), volumeId: 'vol-ffffffff' });
      return `<snapshotId>${id}</snapshotId>`;
    },
    RegisterImage: (params) => {
      const id = next('ami');
      const snapshotId = params['BlockDeviceMapping.1.Ebs.SnapshotId'] ?? '';
      images.set(id, { id, tags: tagsOf(params), snapshotId });
      return `<imageId>${id}</imageId>`;
    },
    DisableImage: () => '<return>true</return>',
    DeregisterImage: ({ ImageId = '' }) => {
      images.delete(ImageId);
      return '<return>true</return>';
    },
    LockSnapshot: ({ SnapshotId = '' }) => {
      snapshots.get(SnapshotId)!.locked = true;
      return '<lockState>governance</lockState>';
    },
    UnlockSnapshot: ({ SnapshotId = '' }) => {
      snapshots.get(SnapshotId)!.locked = false;
      return `<snapshotId>${SnapshotId}</snapshotId>`;
    },
    CreateTags: (params) => {
      const id = params['ResourceId.1'] ?? '';
      const { tags, ...thing } = snapshots.get(id)!;
      snapshots.set(id, { ...thing, tags: new Map([...tags, ...tagsOf(params, 'Tag')]) });
      return '<return>true</return>';
    },
    DeleteSnapshot: ({ SnapshotId = '' }) => {
      const found = snapshots.get(SnapshotId);
      if (found === undefined) return ec2Error('InvalidSnapshot.NotFound');
      if (found.locked === true) return ec2Error('OperationNotPermitted', 'the snapshot is locked');
      const image = [...images.values()].find(({ snapshotId }) => snapshotId === SnapshotId);
      if (image !== undefined) return ec2Error('InvalidSnapshot.InUse', `in use by ${image.id}`);
      snapshots.delete(SnapshotId);
      const isKept = rules.size > 0 && found.tags.has('orgsweep:real-account-bin');
      if (isKept) bin.set(SnapshotId, found);
      return '<return>true</return>';
    },
    DeleteVolume: ({ VolumeId = '' }) => {
      volumes.delete(VolumeId);
      return '<return>true</return>';
    },
    RestoreSnapshotFromRecycleBin: ({ SnapshotId = '' }) => {
      snapshots.set(SnapshotId, bin.get(SnapshotId)!);
      bin.delete(SnapshotId);
      return `<snapshotId>${SnapshotId}</snapshotId>`;
    },
    ListSnapshotsInRecycleBin: () =>
      `<snapshotSet>${[...bin.keys()].map((id) => `<item><snapshotId>${id}</snapshotId><recycleBinEnterTime>2026-11-21T12:00:00.000Z</recycleBinEnterTime><recycleBinExitTime>2026-11-22T12:00:00.000Z</recycleBinExitTime></item>`).join('')}</snapshotSet>`,
    DescribeSnapshots: (params) =>
      `<snapshotSet>${matching(snapshots, params).map(snapshotItem).join('')}</snapshotSet>`,
    DescribeVolumes: (params) =>
      `<volumeSet>${matching(volumes, params)
        .map(({ id }) => `<item><volumeId>${id}</volumeId><status>available</status></item>`)
        .join('')}</volumeSet>`,
    DescribeImages: () =>
      `<imagesSet>${[...images.values()].map(({ id, tags, snapshotId }) => `<item><imageId>${id}</imageId><blockDeviceMapping><item><ebs><snapshotId>${snapshotId}</snapshotId></ebs></item></blockDeviceMapping>${tagSet(tags)}</item>`).join('')}</imagesSet>`,
  };

  const respond = ({ operation, params, path }: SentRequest): FakeAnswer => {
    if (operation === 'CreateRule') {
      rules.add('rule1');
      return { status: 201, body: '{"Identifier":"rule1"}' };
    }
    if (operation === 'DeleteRule') {
      rules.delete(path.split('/').at(-1) ?? '');
      return { status: 204, body: '' };
    }
    if (operation === 'ListRules') {
      const all = [...rules].map((Identifier) => ({
        Identifier,
        Description: 'made by npm run real-account',
      }));
      return { body: JSON.stringify({ Rules: all }) };
    }
    if (operation === 'GetRule') return { body: JSON.stringify(RULE) };
    if (operation === 'ListSnapshotBlocks') return { body: '{"Blocks":[],"BlockSize":524288}' };
    const answer = answers[operation]?.(params) ?? ec2Error('InvalidAction');
    return typeof answer === 'string' ? ec2Answer(operation, answer) : answer;
  };
  return {
    respond,
    /** All that is there. */
    left: () => [...volumes, ...snapshots, ...images, ...bin].map(([id]) => id).concat(...rules),
    /** Something of somebody else's. */
    addSnapshot: (id: string) => void snapshots.set(id, { id, tags: new Map(), volumeId: 'vol-9' }),
  };
}

type Params = Readonly<Record<string, string>>;

const RULE = {
  Identifier: 'rule1',
  ResourceType: 'EBS_SNAPSHOT',
  Status: 'available',
  RetentionPeriod: { RetentionPeriodValue: 1, RetentionPeriodUnit: 'DAYS' },
  ResourceTags: [{ ResourceTagKey: 'orgsweep:real-account-bin', ResourceTagValue: 'true' }],
};

function tagsOf(params: Params, prefix = 'TagSpecification.1.Tag'): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (let index = 1; `${prefix}.${index}.Key` in params; index += 1) {
    tags.set(params[`${prefix}.${index}.Key`] ?? '', params[`${prefix}.${index}.Value`] ?? '');
  }
  return tags;
}

/** Filters by id, and by tags. */
function matching(things: ReadonlyMap<string, Thing>, params: Params): Thing[] {
  let found = [...things.values()];
  for (let index = 1; `Filter.${index}.Name` in params; index += 1) {
    const name = params[`Filter.${index}.Name`] ?? '';
    const values = Object.entries(params).flatMap(([key, value]) =>
      key.startsWith(`Filter.${index}.Value.`) ? [value] : [],
    );
    found = found.filter(({ id, tags }) =>
      values.includes(name.startsWith('tag:') ? (tags.get(name.slice(4)) ?? '') : id),
    );
  }
  return found;
}

function snapshotItem({ id, tags, volumeId = '' }: Thing): string {
  return snapshotXml(id, { volumeId }).replace('</item>', `${tagSet(tags)}</item>`);
}

function tagSet(tags: ReadonlyMap<string, string>): string {
  const items = [...tags].map(
    ([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`,
  );
  return `<tagSet>${items.join('')}</tagSet>`;
}
