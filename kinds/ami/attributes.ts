import { DescribeImageAttributeCommand, type EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { makePace } from '../../aws/answers/pace.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Look } from '../look.ts';
import type { Answers, Question } from '../question.ts';
import type { Ami } from './facts.ts';
import type { ReferenceName } from './sources/names.ts';

const NAME: ReferenceName = 'image-attributes';

/** A call each: few at a time, so that the account's own users of the API keep their share. */
const AT_ONCE = 4;
/** So that a target with nothing but old AMIs doesn't take a function's whole time. */
const MOST_LOOKS = 1_000;

type Answer = string[] | 'FAILED';

/**
 * What only a call per AMI tells: the accounts, organizations and units that it is shared with. Each
 * answer names its AMI, so that none has to be proved. Product codes are in the listing.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html
 */
export const imageAttributes: Question<Ami, Answer> = {
  name: NAME,
  askedOf: 'stale',
  skippable: true,
  batchSize: MOST_LOOKS,
  mostPerTarget: MOST_LOOKS,
  ask: askAttributes,
  answered: (ami, sharedWith) =>
    sharedWith === 'FAILED'
      ? { ...ami, incompleteReferences: [...ami.incompleteReferences, NAME] }
      : { ...ami, sharedWith },
};

/** One that has gone meanwhile is unanswered; one whose look failed lacks it, and is not known. */
async function askAttributes(
  { clients, clock }: Look,
  amis: readonly Ami[],
): Promise<Answers<Answer>> {
  const failures: AwsFailure[] = [];
  const of = new Map<string, Answer>();
  const turn = makePace(clock);
  await pMap(
    amis,
    async ({ imageId }) => {
      try {
        await turn();
        const sharedWith = await readPermissions(clients.ec2, imageId);
        // Not answered, so it stays held: whom it is shared with nobody knows.
        if (sharedWith !== 'NOT_TOLD') of.set(imageId, sharedWith);
      } catch (error) {
        const failure = toAwsFailure(error, NAME);
        if (GONE.has(failure.code)) return;
        failures.push(failure);
        of.set(imageId, 'FAILED');
      }
    },
    { concurrency: AT_ONCE },
  );
  return { of, failures };
}

const GONE = new Set(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable']);

async function readPermissions(ec2: EC2Client, ImageId: string): Promise<string[] | 'NOT_TOLD'> {
  const answer = await ec2.send(
    new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' }),
  );
  if (answer.LaunchPermissions === undefined) {
    // Somebody else's answer has no list either, but not the id that was asked for.
    if (answer.ImageId === ImageId) return 'NOT_TOLD';
    throw new Error('ec2:DescribeImageAttribute: an answer came without its list');
  }
  return answer.LaunchPermissions.map(
    // A grantee in a form that isn't known is somebody all the same.
    ({ UserId, Group, OrganizationArn, OrganizationalUnitArn }) =>
      UserId ?? Group ?? OrganizationArn ?? OrganizationalUnitArn ?? 'unknown',
  );
}
