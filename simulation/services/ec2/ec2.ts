import type { Changes } from './changes.ts';
import type { SimChange } from '../../model/change.ts';
import type { SimOrganization } from '../../model/organization.ts';
import { listImagesInRecycleBin } from './launch/binned-images.ts';
import { describeImages } from './launch/images.ts';
import { describeInstances } from './launch/instances.ts';
import { describeLaunchTemplateVersions } from './launch/launch-template-versions.ts';
import { describeLaunchTemplates } from './launch/launch-templates.ts';
import type { Ec2Call, Ec2Operation } from './operation.ts';
import { describeRegions, isRegionEnabled } from './regions.ts';
import type { Endpoint } from '../call/endpoint.ts';
import { denialMessage, findDenial } from '../iam/iam.ts';
import { QueryParameters, ec2Answer, ec2Error } from '../protocols/query-protocol.ts';
import { commonRefusal } from '../call/refusals.ts';
import { ServiceError } from '../call/service.ts';

const API_VERSION = '2016-11-15';

/** What launches things, and where; the rest comes with the kinds. */
const LAUNCH_OPERATIONS: Readonly<Record<string, Ec2Operation>> = {
  DescribeImages: describeImages,
  DescribeInstances: describeInstances,
  DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
  DescribeLaunchTemplates: describeLaunchTemplates,
  DescribeRegions: describeRegions,
  ListImagesInRecycleBin: listImagesInRecycleBin,
};

export interface Ec2Options extends Pick<Ec2Call, 'mayChange'> {
  readonly organization: SimOrganization;
  readonly changes: Changes;
  /** Of the kinds, by the names of their actions. */
  readonly operations: Readonly<Record<string, Ec2Operation>>;
}

/** EC2, as far as its kinds and what launches them go. */
export function makeEc2(options: Ec2Options): Endpoint {
  const { organization, changes, mayChange } = options;
  const operations = new Map(Object.entries({ ...LAUNCH_OPERATIONS, ...options.operations }));
  return {
    open: ({ body, caller, region }) => {
      const parameters = new QueryParameters(body);
      const name = parameters.get('Action') ?? '';
      const operation = operations.get(name);
      const { accountId } = caller;
      const estate = () => organization.estate(accountId, region);
      const call = {
        operation: name,
        parameters,
        caller,
        region,
        organization,
        visibility: changes.visibility,
        mayChange,
        estate,
        change: (change: SimChange) => changes.make(change),
      };
      const bucket = operation?.bucket(parameters);
      return {
        operation: name,
        accountId,
        ...(bucket && {
          bucket: { name: `ec2/${accountId}/${region}/${name}/${bucket.name}`, size: bucket.size },
        }),
        answer: async (requestId) => {
          const answer = perform(operation, call);
          await changes.settle();
          return ec2Answer(name, answer, requestId);
        },
      };
    },
    refusal: (kind) => commonRefusal('ec2', kind),
    toError: ec2Error,
  };
}

function perform(operation: Ec2Operation | undefined, call: Ec2Call): string {
  const version = call.parameters.get('Version');
  if (operation === undefined || version !== API_VERSION) {
    throw new ServiceError(
      'InvalidAction',
      `The action ${call.operation} is not valid for this web service.`,
    );
  }
  refuseUnknownParameters(operation, call);
  if (!isRegionEnabled(call)) {
    throw new ServiceError(
      'OptInRequired',
      'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
      401,
    );
  }
  refuseDenied(operation, call);
  operation.authorize?.(call);
  if (call.parameters.isTrue('DryRun')) {
    throw new ServiceError(
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
      412,
    );
  }
  return operation.answer(call);
}

const COMMON_PARAMETERS = ['Action', 'Version', 'DryRun'];

function refuseUnknownParameters({ accepts }: Ec2Operation, { parameters }: Ec2Call): void {
  const unknown = parameters
    .topLevelNames()
    .find((name) => !accepts.includes(name) && !COMMON_PARAMETERS.includes(name));
  if (unknown !== undefined) {
    throw new ServiceError('UnknownParameter', `The parameter ${unknown} is not recognized`);
  }
}

function refuseDenied(operation: Ec2Operation, call: Ec2Call): void {
  const { caller, region, organization } = call;
  const resources = operation.resources?.(call) ?? ['*'];
  for (const resource of resources) {
    const access = { caller, action: `ec2:${call.operation}`, resource, region };
    const why = findDenial(organization, access);
    if (why === undefined) continue;
    throw new ServiceError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${denialMessage(access, why)}`,
      403,
    );
  }
}
