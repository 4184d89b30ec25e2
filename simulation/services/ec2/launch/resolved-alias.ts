import { PARAMETERS, SHARED_PARAMETERS } from '../../../model/launching.ts';
import { ServiceError } from '../../call/service.ts';
import { denialMessage, findDenial } from '../../iam/iam.ts';
import type { Ec2Call } from '../operation.ts';

const PREFIX = 'resolve:ssm:';

/** A call with ResolveAlias is about one version of one template. @throws {ServiceError} */
export function refuseManyToResolve({ parameters }: Ec2Call, asked: readonly string[]): void {
  if (!parameters.isTrue('ResolveAlias') || asked.length === 1) return;
  throw new ServiceError(
    'InvalidParameterCombination',
    'When ResolveAlias is true, you must specify a single launch template version.',
  );
}

/**
 * The AMI that a launch would take, where the call asks for that: EC2 asks Systems Manager with the
 * caller's rights.
 *
 * @throws {ServiceError} SsmAccessDenied, SsmInvalidParameter
 */
export function asResolved(call: Ec2Call, imageId: string | undefined): string | undefined {
  if (!call.parameters.isTrue('ResolveAlias') || !imageId?.startsWith(PREFIX)) return imageId;
  const { caller, region, organization } = call;
  const access = { caller, action: 'ssm:GetParameters', resource: '*', region };
  const why = findDenial(organization, access);
  if (why !== undefined) throw new ServiceError('SsmAccessDenied', denialMessage(access, why), 403);
  const [, name = '', which] = /^(.*?)(?::([^:/]+))?$/.exec(imageId.slice(PREFIX.length)) ?? [];
  const of = name.startsWith('arn:') ? SHARED_PARAMETERS : PARAMETERS;
  const parameter = of.of(call.estate()).get(name);
  const version = parameter?.versions.find(
    ({ labels = [] }, index, all) =>
      String(index + 1) === which ||
      (which === undefined ? index === all.length - 1 : labels.includes(which)),
  );
  if (parameter === undefined || version === undefined) {
    throw new ServiceError(
      'SsmInvalidParameter',
      `The following aliases are invalid: ${imageId.slice(PREFIX.length)}`,
    );
  }
  if (parameter.dataType !== 'aws:ec2:image') {
    throw new ServiceError(
      'SsmInvalidParameter',
      'Unsupported data type. The following parameter data types are supported: aws:ec2:image',
    );
  }
  return version.value;
}
