import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { PRICES } from '../../../kinds/registry.ts';
import type { Look } from '../../../kinds/kind.ts';
import { makeFreshReader } from '../../../kinds/listings/reader.ts';
import { NOW, aPolicy } from '../organizations/snapshots.ts';
import { makeManualClock } from '../manual-clock.ts';
import { ec2Answer, fakeAws } from './fake-aws.ts';
import type { FakeAnswer, SentRequest } from './fake-aws.ts';

/**
 * What an operation answers: XML of one page, a whole answer, or a broken connection. The listing of
 * public snapshots goes by that name.
 */
type Answer = string | FakeAnswer | Error;

const EMPTY: Readonly<Record<string, string>> = {
  DescribeSnapshots: '<snapshotSet/>',
  DescribeVolumes: '<volumeSet/>',
  DescribeInstances: '<reservationSet/>',
  DescribeImages: '<imagesSet/>',
  DescribeLockedSnapshots: '<snapshotSet/>',
  DescribeSnapshotTierStatus: '<snapshotTierStatusSet/>',
  DescribeFastSnapshotRestores: '<fastSnapshotRestoreSet/>',
  ListVolumesInRecycleBin: '<volumeSet/>',
  ListImagesInRecycleBin: '<imageSet/>',
  DescribeLaunchTemplates: '<launchTemplates/>',
  DescribeLaunchTemplateVersions: '<launchTemplateVersionSet/>',
  'public snapshots': '<snapshotSet/>',
  DescribeSnapshotAttribute: '<createVolumePermission/><productCodes/>',
  CreateTags: '<return>true</return>',
  DeleteSnapshot: '<return>true</return>',
};

/** What services other than EC2 say where there is nothing. */
const OTHERS: Readonly<Record<string, FakeAnswer>> = {
  DescribeLaunchConfigurations: {
    body: '<DescribeLaunchConfigurationsResponse><DescribeLaunchConfigurationsResult><LaunchConfigurations/></DescribeLaunchConfigurationsResult></DescribeLaunchConfigurationsResponse>',
  },
  ListClusters: { body: '{"clusterArns":[]}' },
  ListServices: { body: '{"serviceArns":[]}' },
  DescribeServices: { body: '{"services":[],"failures":[]}' },
  ListVolumes: { body: '{"VolumeInfos":[]}' },
};

/** A look at an account where EC2 answers this by operation, and otherwise that there is nothing. */
export function lookAt(
  answers: Readonly<Record<string, (request: SentRequest) => Answer>>,
  over: Partial<Look> = {},
) {
  const aws = fakeAws((request) => {
    const { operation } = request;
    const name = 'RestorableBy.1' in request.params ? 'public snapshots' : operation;
    const answer = answers[name]?.(request) ?? OTHERS[operation] ?? EMPTY[name] ?? '';
    return typeof answer === 'string' ? ec2Answer(operation, answer) : answer;
  });
  const target = { accountId: '111122223333', region: 'eu-west-1' };
  const clients = makeSpokeClients({ ...target, ...aws.options, allows: 'READS' });
  const by = { clients, policy: aPolicy(), now: NOW, clock: makeManualClock(NOW), ...over };
  const look: Look = {
    ...by,
    ...target,
    read: makeFreshReader(by),
    absentServices: [],
    prices: PRICES.builtIn,
    ...over,
  };
  return { look, sent: aws.sent, operations: aws.operations };
}

export function snapshotXml(id: string, fields: Readonly<Record<string, string>> = {}): string {
  return element('item', {
    snapshotId: id,
    ownerId: '111122223333',
    volumeId: 'vol-1',
    status: 'completed',
    startTime: '2024-01-01T00:00:00.000Z',
    volumeSize: '8',
    storageTier: 'standard',
    ...fields,
  });
}

export function volumeXml(id: string, instanceIds: readonly string[] = []): string {
  const attached = instanceIds.map((instanceId) =>
    element('item', { instanceId, status: 'attached' }),
  );
  return element('item', {
    volumeId: id,
    status: instanceIds.length > 0 ? 'in-use' : 'available',
    attachmentSet: attached.join(''),
  });
}

export function instanceXml(id: string, state: string): string {
  const instance = element('item', { instanceId: id, instanceState: element('name', state) });
  return element('item', { instancesSet: instance });
}

export function imageXml(id: string, snapshotIds: readonly string[]): string {
  const devices = snapshotIds.map((snapshotId) =>
    element('item', { ebs: element('snapshotId', snapshotId) }),
  );
  return element('item', { imageId: id, blockDeviceMapping: devices.join('') });
}

/** One page of a listing; `next`: the token of the page that follows. */
export function page(list: string, items: readonly string[], next?: string): string {
  return element(list, items.join('')) + (next === undefined ? '' : element('nextToken', next));
}

/** The filters of a request, as `{ name: values }`. */
export function filtersOf({ params }: SentRequest): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (let index = 1; `Filter.${index}.Name` in params; index += 1) {
    const values = Object.entries(params).filter(([key]) =>
      key.startsWith(`Filter.${index}.Value.`),
    );
    filters[params[`Filter.${index}.Name`] ?? ''] = values.map(([, value]) => value);
  }
  return filters;
}

export function element(name: string, content: string | Readonly<Record<string, string>>): string {
  const inner =
    typeof content === 'string'
      ? content
      : Object.entries(content)
          .map(([key, value]) => element(key, value))
          .join('');
  return `<${name}>${inner}</${name}>`;
}
