import { DescribeImageAttributeCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { askEach } from '../ec2/ask-each.ts';
import type { Question } from '../question.ts';
import type { Ami } from './facts.ts';
import type { ReferenceName } from './sources/names.ts';

const NAME: ReferenceName = 'image-attributes';

/** So that a target with nothing but old AMIs doesn't take a function's whole time. */
const MOST_LOOKS = 1_000;

const GONE = new Set(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable']);

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
  ask: async (look, amis) =>
    askEach(
      amis.map(({ imageId }) => imageId),
      look,
      {
        source: NAME,
        gone: GONE,
        read: async (imageId, turn) => {
          await turn();
          return readPermissions(look.clients.ec2, imageId);
        },
      },
    ),
  answered: (ami, sharedWith) =>
    sharedWith === 'FAILED'
      ? { ...ami, incompleteReferences: [...ami.incompleteReferences, NAME] }
      : { ...ami, sharedWith },
};

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
