import { DescribeLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2';
import { BatchClient, DescribeComputeEnvironmentsCommand } from '@aws-sdk/client-batch';
import { CodeBuildClient, ListFleetsCommand } from '@aws-sdk/client-codebuild';
import {
  ElasticBeanstalkClient,
  DescribeConfigurationSettingsCommand,
} from '@aws-sdk/client-elastic-beanstalk';
import { DescribeClusterCommand, EMRClient } from '@aws-sdk/client-emr';
import { ImagebuilderClient, ListImagesCommand } from '@aws-sdk/client-imagebuilder';
import { DescribeDBEngineVersionsCommand, RDSClient } from '@aws-sdk/client-rds';
import { ListClustersCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { PARAMETERS } from '../../../../simulation/model/launching.ts';
import {
  type Credentials,
  refusalOf,
  serve,
  type Served,
} from '../../../support/organizations/served-organization.ts';
import { SPOKE, tinyId } from '../../../support/organizations/tiny-organization.ts';

let served: Served;
let credentials: Credentials;
beforeAll(async () => {
  served = await serve({ serviceRegions: { batch: ['us-east-1'] } });
  credentials = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());

const config = (as = credentials) => ({
  ...{ endpoint: served.simulation.endpoint, region: 'eu-west-1', credentials: as },
  maxAttempts: 1,
});

it.each([
  [
    'Image Builder gives 25 a page at most',
    async () => new ImagebuilderClient(config()).send(new ListImagesCommand({ maxResults: 26 })),
    'InvalidRequestException',
  ],
  [
    'a token that Image Builder did not give',
    async () =>
      new ImagebuilderClient(config()).send(new ListImagesCommand({ nextToken: 'made up' })),
    'InvalidPaginationTokenException',
  ],
  [
    'a token that CodeBuild did not give',
    async () => new CodeBuildClient(config()).send(new ListFleetsCommand({ nextToken: 'made up' })),
    'InvalidInputException',
  ],
  [
    'a cluster that EMR does not have',
    async () => new EMRClient(config()).send(new DescribeClusterCommand({ ClusterId: 'j-9' })),
    'InvalidRequestException',
  ],
  [
    'an environment that Elastic Beanstalk does not have',
    async () =>
      new ElasticBeanstalkClient(config()).send(
        new DescribeConfigurationSettingsCommand({ ApplicationName: 'a', EnvironmentName: 'b' }),
      ),
    'InvalidParameterValue',
  ],
  [
    'RDS gives 20 to 100 a page',
    async () =>
      new RDSClient(config()).send(new DescribeDBEngineVersionsCommand({ MaxRecords: 5 })),
    'InvalidParameterValue',
  ],
])('%s: refused', async (_, call, code) => {
  expect(await refusalOf(call())).toMatchObject({ code, status: 400 });
});

it('who may not is told so, in the words of each service', async () => {
  const deletion = config(await served.assume('orgsweep-deletion'));
  const clusters = new SageMakerClient(deletion).send(new ListClustersCommand({}));
  expect(await refusalOf(clusters)).toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining('sagemaker:ListClusters'),
  });
  const versions = new RDSClient(deletion).send(new DescribeDBEngineVersionsCommand({}));
  expect(await refusalOf(versions)).toMatchObject({ code: 'AccessDenied', status: 403 });
});

it('where a Region doesn’t have a service, no answer comes', async () => {
  const there = new BatchClient({ ...config(), region: 'us-east-1' });
  const all = await there.send(new DescribeComputeEnvironmentsCommand({}));
  expect(all.computeEnvironments).toEqual([]);
  const elsewhere = new BatchClient(config()).send(new DescribeComputeEnvironmentsCommand({}));
  await expect(elsewhere).rejects.toThrow();
});

describe('ResolveAlias', () => {
  const ask = async (Versions: string[], ResolveAlias = true) =>
    served.ec2(credentials).send(
      new DescribeLaunchTemplateVersionsCommand({
        ...{ LaunchTemplateId: tinyId('lt', 1), Versions, ResolveAlias },
      }),
    );
  beforeAll(() => {
    const estate = served.organization.estate(SPOKE, 'eu-west-1');
    PARAMETERS.of(estate).set('/golden', {
      ...{ name: '/golden', type: 'String', dataType: 'aws:ec2:image' },
      versions: [{ value: tinyId('ami', 1) }, { value: tinyId('ami', 2) }],
    });
    const names = ['resolve:ssm:/golden', 'resolve:ssm:/golden:1', 'resolve:ssm:/none'];
    estate.putLaunchTemplate({
      ...{ launchTemplateId: tinyId('lt', 1), name: 'web', defaultVersion: 1 },
      createTime: new Date(0),
      versions: names.map((imageId, index) => ({ number: index + 1, imageId, snapshotIds: [] })),
    });
  });

  it('shows the AMI, and without it the parameter', async () => {
    const imageOf = async (version: string, resolves?: boolean) =>
      (await ask([version], resolves)).LaunchTemplateVersions?.[0]?.LaunchTemplateData?.ImageId;
    expect(await imageOf('1')).toBe(tinyId('ami', 2));
    expect(await imageOf('2')).toBe(tinyId('ami', 1));
    expect(await imageOf('1', false)).toBe('resolve:ssm:/golden');
  });

  it('is for one version, and refused where there is no such parameter', async () => {
    expect(await refusalOf(ask(['1', '2']))).toMatchObject({ code: 'InvalidParameterCombination' });
    expect(await refusalOf(ask(['3']))).toMatchObject({ code: 'SsmInvalidParameter' });
  });
});
