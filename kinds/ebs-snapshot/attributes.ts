import { DescribeSnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { makePace } from '../../aws/answers/pace.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Discovery, Look } from '../kind.ts';
import type { Attributes, EbsSnapshot, ReferenceName } from './facts.ts';

const NAME: ReferenceName = 'snapshot-attributes';

/** Two calls each: few at a time, so that the account's own users of the API keep their share. */
const AT_ONCE = 4;

/**
 * The same snapshots with what only a call per snapshot tells: the accounts they are shared with,
 * and product codes. A look that fails is noted in the snapshot's own facts; one that has gone
 * meanwhile comes back as it was.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html
 */
export async function lookCloser(
  look: Look,
  snapshots: readonly EbsSnapshot[],
): Promise<Pick<Discovery<EbsSnapshot>, 'resources' | 'incomplete'>> {
  const incomplete: AwsFailure[] = [];
  if (look.policy.skipReferences.includes(NAME)) return { resources: snapshots, incomplete };
  const turn = makePace(look.clock);
  const resources = await pMap(
    snapshots,
    async (snapshot): Promise<EbsSnapshot> => {
      try {
        const attributes = await readAttributes(look.clients.ec2, snapshot.snapshotId, turn);
        // Not looked at, so it stays held: whom it is shared with nobody knows.
        return attributes === 'NOT_TOLD' ? snapshot : { ...snapshot, attributes };
      } catch (error) {
        const failure = toAwsFailure(error, NAME);
        if (failure.code === 'InvalidSnapshot.NotFound') return snapshot;
        incomplete.push(failure);
        const incompleteReferences = [...snapshot.incompleteReferences, NAME];
        return { ...snapshot, incompleteReferences };
      }
    },
    { concurrency: AT_ONCE },
  );
  return { resources, incomplete };
}

async function readAttributes(
  ec2: EC2Client,
  SnapshotId: string,
  turn: () => Promise<void>,
): Promise<Attributes | 'NOT_TOLD'> {
  const read = async (Attribute: 'createVolumePermission' | 'productCodes') => {
    await turn();
    return ec2.send(new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute }));
  };
  const permissions = await read('createVolumePermission');
  const codes = await read('productCodes');
  if (permissions.CreateVolumePermissions === undefined || codes.ProductCodes === undefined) {
    // Somebody else's answer has no list either, but not the id that was asked for.
    const isOfAws = [permissions, codes].every((answer) => answer.SnapshotId === SnapshotId);
    if (isOfAws) return 'NOT_TOLD';
    throw new Error('ec2:DescribeSnapshotAttribute: an answer came without its list');
  }
  return {
    sharedWith: permissions.CreateVolumePermissions.map(
      // A grantee in a form that isn't known is somebody all the same.
      ({ UserId, Group }) => UserId ?? Group ?? 'unknown',
    ),
    productCodes: codes.ProductCodes.map(({ ProductCodeId }) => ProductCodeId ?? 'unknown'),
  };
}
