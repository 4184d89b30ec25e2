import { DescribeSnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { askEach } from '../ec2/ask-each.ts';
import type { Question } from '../question.ts';
import type { Attributes, EbsSnapshot, ReferenceName } from './facts.ts';

const NAME: ReferenceName = 'snapshot-attributes';

/** So that a target whose snapshots are nearly all shared doesn't take a function's whole time. */
const MOST_LOOKS = 1_000;

const GONE = new Set(['InvalidSnapshot.NotFound']);

type Answer = Attributes | 'FAILED';

/**
 * What only a call per snapshot tells: the accounts it is shared with, and product codes. Each answer
 * names its snapshot, so that none has to be proved.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html
 */
export const snapshotAttributes: Question<EbsSnapshot, Answer> = {
  name: NAME,
  askedOf: 'removable',
  skippable: true,
  batchSize: MOST_LOOKS,
  mostPerTarget: MOST_LOOKS,
  ask: async (look, snapshots) =>
    askEach(
      snapshots.map(({ snapshotId }) => snapshotId),
      look,
      {
        source: NAME,
        gone: GONE,
        read: async (snapshotId, turn) => readAttributes(look.clients.ec2, snapshotId, turn),
      },
    ),
  answered: (snapshot, attributes) =>
    attributes === 'FAILED'
      ? { ...snapshot, incompleteReferences: [...snapshot.incompleteReferences, NAME] }
      : { ...snapshot, attributes },
};

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
