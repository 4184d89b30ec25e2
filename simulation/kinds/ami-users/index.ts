import type { SimOrganization } from '../../model/organization.ts';
import type { Endpoint } from '../../services/call/endpoint.ts';
import { whereItExists } from '../../services/dispatch/regional.ts';
import type { SimKind } from '../kind.ts';
import { makeBatch } from './batch.ts';
import { EC2_OPERATIONS } from './ec2.ts';
import { makeImageBuilder } from './image-builder.ts';
import { makeJsonServices } from './json-services.ts';
import { makeElasticBeanstalk, makeRds } from './query-services.ts';

/** As AWS's list of services by Region names it, where that isn't its name in credential scopes. */
const LISTED_AS: Readonly<Record<string, string>> = { elasticmapreduce: 'emr' };

/** Services that are no kind of their own, and may name an AMI. */
export const amiUsers: SimKind = {
  name: 'ami-users',
  ec2: EC2_OPERATIONS,
  services: ({ organization }) => whereTheyExist(organization),
  roleActions: {
    discovery: [
      'batch:Describe*',
      'codebuild:BatchGetFleets',
      'codebuild:List*',
      'elasticbeanstalk:Describe*',
      'elasticbeanstalk:List*',
      'elasticmapreduce:Describe*',
      'elasticmapreduce:List*',
      'imagebuilder:List*',
      'pcs:GetComputeNodeGroup',
      'pcs:List*',
      'rds:Describe*',
      'sagemaker:DescribeCluster',
      'sagemaker:List*',
      'ssm:DescribeParameters',
      'ssm:GetParameterHistory',
      'ssm:GetParameters',
    ],
  },
};

function whereTheyExist(organization: SimOrganization): Record<string, Endpoint> {
  const services: Record<string, Endpoint> = {
    ...makeJsonServices(organization),
    batch: makeBatch(organization),
    elasticbeanstalk: makeElasticBeanstalk(organization),
    imagebuilder: makeImageBuilder(organization),
    rds: makeRds(organization),
  };
  return Object.fromEntries(
    Object.entries(services).map(([name, endpoint]) => [
      name,
      whereItExists(LISTED_AS[name] ?? name, organization, endpoint),
    ]),
  );
}
