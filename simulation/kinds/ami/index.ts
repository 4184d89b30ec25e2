import type { SimKind } from '../kind.ts';
import { getAllowedImagesSettings } from './allowed-amis.ts';
import { describeImageAttribute } from './image-attribute.ts';
import { amiTruths, KIND, populateAmis } from './population.ts';

export const amis: SimKind = {
  name: KIND,
  populate: populateAmis,
  truths: amiTruths,
  ec2: {
    DescribeImageAttribute: describeImageAttribute,
    GetAllowedImagesSettings: getAllowedImagesSettings,
  },
};
