import type { SimImage } from '../../model/image.ts';
import { ServiceError } from '../../services/call/service.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import { describeProductCode } from '../../services/ec2/launch/images.ts';
import { findAll, ID_KINDS } from '../../services/ec2/resource-ids.ts';
import { element, itemList } from '../../services/protocols/xml.ts';

/** DescribeImageAttribute: one attribute of one of the account's own AMIs. */
export const describeImageAttribute: Ec2Operation = {
  accepts: ['Attribute', 'ImageId'],
  bucket: nonMutatingBucket,
  resources: ({ parameters, region }) => [imageArn(region, parameters.get('ImageId') ?? '')],
  answer: (call) => {
    const attribute = call.parameters.require('Attribute');
    const image = findOwn(call, call.parameters.require('ImageId'));
    return element('imageId', image.imageId) + describe(attribute, image);
  },
};

/** EC2 has no account in the ARN of an AMI. */
function imageArn(region: string, imageId: string): string {
  return `arn:aws:ec2:${region}::image/${imageId}`;
}

function findOwn(call: Ec2Call, id: string): SimImage {
  const [image] = findAll(ID_KINDS.image, [id], (each) => call.estate().image(each));
  return image!;
}

function describe(attribute: string, image: SimImage): string {
  switch (attribute) {
    case 'launchPermission': {
      const groups = image.isPublic ? [element('group', 'all')] : [];
      return itemList('launchPermission', [...groups, ...(image.sharedWith ?? []).map(grantee)]);
    }
    case 'productCodes':
      return itemList('productCodes', (image.productCodes ?? []).map(describeProductCode));
    default:
      throw new ServiceError(
        'InvalidParameterValue',
        `Value (${attribute}) for parameter attribute is invalid. Unknown attribute.`,
      );
  }
}

function grantee(who: string): string {
  if (/:ou\//.test(who)) return element('organizationalUnitArn', who);
  if (/:organization\//.test(who)) return element('organizationArn', who);
  return element('userId', who);
}
