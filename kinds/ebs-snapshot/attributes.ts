import { DescribeSnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { makePace } from '../../aws/answers/pace.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Look } from '../kind.ts';
import type { Answers, Question } from '../question.ts';
import type { Attributes, EbsSnapshot, ReferenceName } from './facts.ts';

const NAME: ReferenceName = 'snapshot-attributes';

/** Two calls each: few at a time, so that the account's own users of the API keep their share. */
const AT_ONCE = 4;
/** So that a target whose snapshots are nearly all shared doesn't take a function's whole time. */
const MOST_LOOKS = 1_000;

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
  ask: askAttributes,
  answered: (snapshot, attributes) =>
    attributes === 'FAILED'
      ? { ...snapshot, incompleteReferences: [...snapshot.incompleteReferences, NAME] }
      : { ...snapshot, attributes },
};

/** One that has gone meanwhile is unanswered; one whose look failed lacks it, and is not known. */
async function askAttributes(
  { clients, clock }: Look,
  snapshots: readonly EbsSnapshot[],
): Promise<Answers<Answer>> {
  const failures: AwsFailure[] = [];
  const answers = new Map<string, Answer>();
  const turn = makePace(clock);
  await pMap(
    snapshots,
    async ({ snapshotId }) => {
      try {
        const attributes = await readAttributes(clients.ec2, snapshotId, turn);
        // Not answered, so it stays held: whom it is shared with nobody knows.
        if (attributes !== 'NOT_TOLD') answers.set(snapshotId, attributes);
      } catch (error) {
        const failure = toAwsFailure(error, NAME);
        if (failure.code === 'InvalidSnapshot.NotFound') return;
        failures.push(failure);
        answers.set(snapshotId, 'FAILED');
      }
    },
    { concurrency: AT_ONCE },
  );
  return { of: answers, failures };
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
