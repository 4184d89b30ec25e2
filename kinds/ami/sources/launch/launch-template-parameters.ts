import { DescribeLaunchTemplateVersionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { toAwsFailure } from '../../../../aws/answers/aws-error.ts';
import { brokenListing } from '../../../../aws/answers/pages.ts';
import { makePace } from '../../../../aws/answers/pace.ts';
import {
  type ListedVersion,
  launchTemplateVersions,
} from '../../../listings/launch-template-versions.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { versionInWords } from './launch-templates.ts';

/** A version whose image is a parameter, and the AMI that the parameter has now. */
interface ResolvedVersion {
  readonly version: ListedVersion;
  readonly parameter: string;
  readonly imageId: string | null;
}

const BY_PARAMETER = 'resolve:ssm:';
/** Parameters that AWS publishes; where one is of an own AMI, the AMI itself says so. */
const OF_AWS = '/aws/service/';
const OPERATION = 'ec2:DescribeLaunchTemplateVersions';

/**
 * What launch template versions name by `resolve:ssm:`, resolved by EC2, as a launch would: also
 * where the parameter is another account's and shared. EC2 resolves one version in a call, so each
 * parameter is asked for once, by one of the versions that name it.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
export const launchTemplateParameters: AmiSource<ResolvedVersion> = {
  name: 'launch-template-parameters',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: {
    name: 'launch-template-parameters',
    reach: 'regional',
    cost: '1 call per parameter that launch template versions name for their image, after what lists templates and their latest versions',
    iam: [...launchTemplateVersions.iam, 'ssm:GetParameters'],
    list: listResolved,
  },
  take: ({ version, parameter, imageId }) => ({
    by: `${versionInWords(version)} by ${parameter}`,
    keys: amiIdsIn(imageId),
  }),
};

async function* listResolved(by: ReadBy): AsyncGenerator<ResolvedVersion> {
  const turn = makePace(by.clock);
  const resolved = new Map<string, string | null>();
  // A session asks for the versions again only where there are newer ones.
  for await (const version of launchTemplateVersions.list(by)) {
    const parameter = parameterOf(version);
    if (parameter === null) continue;
    let imageId = resolved.get(parameter);
    if (imageId === undefined) {
      await turn();
      const answer = await resolve(by.clients.ec2, version, parameter);
      // The version is gone: another one that names the parameter is asked.
      if (answer === 'GONE') continue;
      imageId = answer;
      resolved.set(parameter, imageId);
    }
    yield { version, parameter, imageId };
  }
}

function parameterOf({ imageId = '' }: ListedVersion): string | null {
  if (!imageId.startsWith(BY_PARAMETER)) return null;
  const parameter = imageId.slice(BY_PARAMETER.length);
  return parameter.startsWith(OF_AWS) ? null : parameter;
}

/** null: there is no such parameter in the account, or none that a launch could take. */
async function resolve(
  ec2: EC2Client,
  { templateId, number }: ListedVersion,
  parameter: string,
): Promise<string | null | 'GONE'> {
  const command = new DescribeLaunchTemplateVersionsCommand({
    LaunchTemplateId: templateId,
    Versions: [String(number)],
    ResolveAlias: true,
    IncludeManagedResources: true,
  });
  try {
    const { LaunchTemplateVersions: versions } = await ec2.send(command);
    const imageId = versions?.[0]?.LaunchTemplateData?.ImageId;
    if (amiIdsIn(imageId).length > 0) return imageId ?? null;
    throw brokenListing(OPERATION, `${parameter} wasn't resolved`);
  } catch (error) {
    const { code } = toAwsFailure(error);
    if (GONE.has(code)) return 'GONE';
    if (code === NO_PARAMETER && !parameter.startsWith('arn:')) return null;
    throw error;
  }
}

const GONE = new Set([
  'InvalidLaunchTemplateId.NotFound',
  'InvalidLaunchTemplateId.VersionNotFound',
]);

/**
 * "The following aliases are invalid", or of a type that launches don't take: such a version can't be
 * launched. Of another account's parameter it may only mean that it isn't seen from here.
 */
const NO_PARAMETER = 'SsmInvalidParameter';
