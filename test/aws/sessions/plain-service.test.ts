import { BatchClient, DescribeComputeEnvironmentsCommand } from '@aws-sdk/client-batch';
import {
  BatchGetFleetsCommand,
  CodeBuildClient,
  ListFleetsCommand,
} from '@aws-sdk/client-codebuild';
import {
  DescribeApplicationsCommand,
  DescribeConfigurationSettingsCommand,
  DescribeEnvironmentsCommand,
  DescribePlatformVersionCommand,
  ElasticBeanstalkClient,
  ListPlatformVersionsCommand,
} from '@aws-sdk/client-elastic-beanstalk';
import {
  DescribeClusterCommand as DescribeEmrClusterCommand,
  EMRClient,
  ListClustersCommand as ListEmrClustersCommand,
  ListInstanceFleetsCommand,
  ListInstanceGroupsCommand,
} from '@aws-sdk/client-emr';
import {
  ImagebuilderClient,
  ListContainerRecipesCommand,
  ListImageBuildVersionsCommand,
  ListImageRecipesCommand,
  ListImagesCommand,
} from '@aws-sdk/client-imagebuilder';
import { DescribeDBEngineVersionsCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  DescribeClusterCommand,
  ListClustersCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import {
  DescribeParametersCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { AwsService } from '../../../aws/sessions/aws-clients.ts';
import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import type { plainService } from '../../../aws/sessions/plain-service.ts';
import { type PlainClient } from '../../../aws/sessions/plain-service.ts';
import { BATCH } from '../../../kinds/ami/sources/services/batch.ts';
import { CODEBUILD } from '../../../kinds/ami/sources/services/codebuild.ts';
import * as beanstalk from '../../../kinds/ami/sources/services/elastic-beanstalk.ts';
import { EMR } from '../../../kinds/ami/sources/services/emr.ts';
import * as imageBuilder from '../../../kinds/ami/sources/services/image-builder.ts';
import { PCS } from '../../../kinds/ami/sources/services/pcs.ts';
import { DescribeEngineVersions, RDS } from '../../../kinds/ami/sources/services/rds.ts';
import { SAGEMAKER } from '../../../kinds/ami/sources/services/sagemaker.ts';
import { SSM } from '../../../kinds/ami/sources/ssm-parameters.ts';
import { FAKE_CREDENTIALS } from '../../support/aws/fake-aws.ts';
import { amiId, serveSources } from '../../kinds/ami/sources/served-sources.ts';

interface Sent {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Records what leaves, and answers that it was denied. */
function recorder() {
  const sent: Sent[] = [];
  return {
    sent,
    requestHandler: {
      handle: async (request: Sent) => {
        sent.push(request);
        throw new Error('not sent');
      },
      metadata: { handlerProtocol: 'http/1.1' },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    } as never,
  };
}

/** What AWS reads of a request: bodies of any order, and for what it was signed. */
function asRead({ method, protocol, hostname, path, query, headers, body }: Sent) {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
  const type = headers['content-type'];
  const isForm = type === 'application/x-www-form-urlencoded';
  const scope = /Credential=[^/]+\/\d{8}\/([^,]+)/.exec(headers['authorization'] ?? '')?.[1];
  return {
    ...{ method, protocol, hostname, path, query, type, scope },
    target: headers['x-amz-target'],
    body: isForm ? [...new URLSearchParams(text)].toSorted().map(String) : JSON.parse(text || '{}'),
  };
}

type Clients = readonly [
  AwsService<PlainClient>,
  new (config: never) => { send(command: never): Promise<unknown> },
];

const PAGE = { maxResults: 100, nextToken: 'a "token"' };

describe.each(['eu-west-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1'])('in %s', (region) => {
  it('sends what the SDK’s own clients send, to the same host, signed for the same service', async () => {
    const OWN = [{ Type: 'PlatformOwner', Operator: '=', Values: ['self'] }];
    const ofOneEnvironment = { ApplicationName: 'a', EnvironmentName: 'b' };
    const pairs: [Clients, new (input: never) => unknown, string, object, string?][] = [
      [
        [BATCH, BatchClient],
        DescribeComputeEnvironmentsCommand,
        'DescribeComputeEnvironments',
        PAGE,
        '/v1/describecomputeenvironments',
      ],
      [[CODEBUILD, CodeBuildClient], ListFleetsCommand, 'ListFleets', PAGE],
      [
        [CODEBUILD, CodeBuildClient],
        BatchGetFleetsCommand,
        'BatchGetFleets',
        { names: ['a', 'b'] },
      ],
      [
        [EMR, EMRClient],
        ListEmrClustersCommand,
        'ListClusters',
        { ClusterStates: ['RUNNING'], Marker: 'x' },
      ],
      [[EMR, EMRClient], DescribeEmrClusterCommand, 'DescribeCluster', { ClusterId: 'j-1' }],
      [[EMR, EMRClient], ListInstanceGroupsCommand, 'ListInstanceGroups', { ClusterId: 'j-1' }],
      [
        [EMR, EMRClient],
        ListInstanceFleetsCommand,
        'ListInstanceFleets',
        { ClusterId: 'j-1', Marker: 'x' },
      ],
      [
        [SAGEMAKER, SageMakerClient],
        ListClustersCommand,
        'ListClusters',
        { MaxResults: 100, NextToken: 'x' },
      ],
      [
        [SAGEMAKER, SageMakerClient],
        DescribeClusterCommand,
        'DescribeCluster',
        { ClusterName: 'c' },
      ],
    ];
    const filters = [{ Key: 'Type', Option: 'Equals', Values: ['String', 'StringList'] }];
    const several = { ParameterFilters: filters, MaxResults: 50, NextToken: 'x' };
    const older = { Name: '/a', WithDecryption: false, MaxResults: 50 };
    const named = { Names: ['/a', '/b'], WithDecryption: false };
    pairs.push(
      [[SSM, SSMClient], DescribeParametersCommand, 'DescribeParameters', several],
      [[SSM, SSMClient], GetParametersCommand, 'GetParameters', named],
      [[SSM, SSMClient], GetParameterHistoryCommand, 'GetParameterHistory', older],
    );
    const own: [AwsService<PlainClient>, Parameters<PlainClient['send']>[0]][] = [];
    const official: [Clients[1], unknown][] = [];
    for (const [[service, Client], Command, name, input, path] of pairs) {
      const takes = { maxResults: 1, nextToken: 0 } as const;
      const PlainCommand = (service as ReturnType<typeof plainService>).command({
        name,
        ...(path !== undefined && { path, takes }),
      });
      own.push([service, new PlainCommand(input as never)]);
      official.push([Client, new Command(input as never)]);
    }
    const also = (
      [service, Client]: Clients,
      command: Parameters<PlainClient['send']>[0],
      theirs: unknown,
    ) => {
      own.push([service, command]);
      official.push([Client, theirs]);
    };
    const builder: Clients = [imageBuilder.IMAGE_BUILDER, ImagebuilderClient];
    const page = { owner: 'Self' as const, maxResults: 25, nextToken: 'x' };
    also(builder, new imageBuilder.ListImageRecipes(page), new ListImageRecipesCommand(page));
    also(
      builder,
      new imageBuilder.ListContainerRecipes(page),
      new ListContainerRecipesCommand(page),
    );
    const images = { ...page, includeDeprecated: true };
    also(builder, new imageBuilder.ListImages(images), new ListImagesCommand(images));
    const builds = { imageVersionArn: 'arn:a', maxResults: 25 };
    also(
      builder,
      new imageBuilder.ListImageBuildVersions(builds),
      new ListImageBuildVersionsCommand(builds),
    );
    const stalk: Clients = [beanstalk.ELASTIC_BEANSTALK, ElasticBeanstalkClient];
    const environments = { IncludeDeleted: false, MaxRecords: 1000, NextToken: 'x y' };
    also(
      stalk,
      new beanstalk.DescribeEnvironments(environments),
      new DescribeEnvironmentsCommand(environments),
    );
    also(stalk, new beanstalk.DescribeApplications({}), new DescribeApplicationsCommand({}));
    also(
      stalk,
      new beanstalk.DescribeConfigurationSettings(ofOneEnvironment),
      new DescribeConfigurationSettingsCommand(ofOneEnvironment),
    );
    also(
      stalk,
      new beanstalk.ListPlatformVersions({ Filters: OWN }),
      new ListPlatformVersionsCommand({ Filters: OWN }),
    );
    also(
      stalk,
      new beanstalk.DescribePlatformVersion({ PlatformArn: 'arn:a' }),
      new DescribePlatformVersionCommand({ PlatformArn: 'arn:a' }),
    );
    const versions = { Engine: 'custom-oracle-ee', IncludeAll: true, MaxRecords: 100, Marker: 'x' };
    also(
      [RDS, RDSClient],
      new DescribeEngineVersions(versions),
      new DescribeDBEngineVersionsCommand(versions),
    );

    const config = { region, credentials: FAKE_CREDENTIALS, maxAttempts: 1 };
    for (const [index, [service, command]] of own.entries()) {
      const ours = recorder();
      const theirs = recorder();
      const clients = makeSpokeClients({
        ...{ accountId: '111122223333', ...config, allows: 'READS' },
        requestHandler: ours.requestHandler,
      });
      await clients
        .of(service)
        .send(command)
        .catch(() => undefined);
      const [Client, theirCommand] = official[index]!;
      const client = new Client({ ...config, requestHandler: theirs.requestHandler } as never);
      await client.send(theirCommand as never).catch(() => undefined);
      expect(ours.sent).toHaveLength(1);
      expect(asRead(ours.sent[0]!)).toEqual(asRead(theirs.sent[0]!));
    }
  });
});

it('asks PCS where its endpoint is, signed for it', async () => {
  const { sent, requestHandler } = recorder();
  const clients = makeSpokeClients({
    ...{ accountId: '111122223333', region: 'eu-west-1', credentials: FAKE_CREDENTIALS },
    ...{ maxAttempts: 1, allows: 'READS' as const, requestHandler },
  });
  const ListClusters = PCS.command({ name: 'ListClusters' });
  await clients
    .of(PCS)
    .send(new ListClusters({ maxResults: 100 }))
    .catch(() => undefined);
  expect(asRead(sent[0]!)).toEqual({
    method: 'POST',
    protocol: 'https:',
    hostname: 'pcs.eu-west-1.amazonaws.com',
    path: '/',
    query: {},
    type: 'application/x-amz-json-1.0',
    target: 'AWSParallelComputingService.ListClusters',
    scope: 'eu-west-1/pcs/aws4_request',
    body: { maxResults: 100 },
  });
});

it('lets nothing but reads out', async () => {
  const { sent, requestHandler } = recorder();
  const clients = makeSpokeClients({
    ...{ accountId: '111122223333', region: 'eu-west-1', credentials: FAKE_CREDENTIALS },
    ...{ maxAttempts: 1, allows: 'READS' as const, requestHandler },
  });
  const Delete = BATCH.command({ name: 'DeleteComputeEnvironment', path: '/v1/delete' });
  await expect(clients.of(BATCH).send(new Delete({}))).rejects.toThrow('was not sent');
  expect(sent).toEqual([]);
});

describe('the simulated services answer the SDK’s own clients', () => {
  let served: Awaited<ReturnType<typeof serveSources>>;
  beforeAll(async () => {
    served = await serveSources();
    const { users } = served;
    const AMI = amiId(1);
    users.computeEnvironments.push({ name: 'jobs', imageId: AMI });
    users.codebuildFleets.push({ name: 'arm', imageId: AMI });
    users.beanstalkEnvironments.push({ application: 'shop', name: 'live', imageId: AMI });
    users.beanstalkPlatforms.push({ name: 'own', imageIds: [AMI] });
    users.emrClusters.push({
      id: 'j-1',
      name: 'n',
      state: 'RUNNING',
      customAmiId: AMI,
      groupAmiIds: [AMI],
    });
    users.recipes.push({ name: 'web', parentImage: AMI });
    users.builtImages.push({ name: 'web', type: 'AMI', builds: [[AMI]] });
    users.sagemakerClusters.push({ name: 'training', currentImageId: AMI });
    users.engineVersions.push({ engine: 'custom-oracle-ee', version: '19', imageId: AMI });
  });
  afterAll(async () => served.close());

  it('with what these read of it', async () => {
    const AMI = amiId(1);
    const credentials = await served.credentials();
    const config = {
      endpoint: served.simulation.endpoint,
      region: 'eu-west-1',
      credentials,
      maxAttempts: 1,
    };
    const { computeEnvironments } = await new BatchClient(config).send(
      new DescribeComputeEnvironmentsCommand({}),
    );
    expect(computeEnvironments?.[0]?.computeResources?.imageId).toBe(AMI);
    const codebuild = new CodeBuildClient(config);
    const { fleets: names } = await codebuild.send(new ListFleetsCommand({}));
    const { fleets } = await codebuild.send(new BatchGetFleetsCommand({ names }));
    expect(fleets?.[0]?.imageId).toBe(AMI);
    const stalk = new ElasticBeanstalkClient(config);
    const { Environments } = await stalk.send(new DescribeEnvironmentsCommand({}));
    expect(Environments?.[0]).toMatchObject({ EnvironmentName: 'live', ApplicationName: 'shop' });
    const { ConfigurationSettings } = await stalk.send(
      new DescribeConfigurationSettingsCommand({
        ApplicationName: 'shop',
        EnvironmentName: 'live',
      }),
    );
    expect(ConfigurationSettings?.[0]?.OptionSettings?.map(({ Value }) => Value)).toContain(AMI);
    const platforms = await stalk.send(
      new ListPlatformVersionsCommand({
        Filters: [{ Type: 'PlatformOwner', Operator: '=', Values: ['self'] }],
      }),
    );
    const { PlatformDescription } = await stalk.send(
      new DescribePlatformVersionCommand({
        PlatformArn: platforms.PlatformSummaryList?.[0]?.PlatformArn,
      }),
    );
    expect(PlatformDescription?.CustomAmiList?.[0]?.ImageId).toBe(AMI);
    const emr = new EMRClient(config);
    const { Clusters } = await emr.send(new ListEmrClustersCommand({}));
    const { Cluster } = await emr.send(
      new DescribeEmrClusterCommand({ ClusterId: Clusters?.[0]?.Id }),
    );
    expect(Cluster?.CustomAmiId).toBe(AMI);
    const { InstanceGroups } = await emr.send(new ListInstanceGroupsCommand({ ClusterId: 'j-1' }));
    expect(InstanceGroups?.[0]?.CustomAmiId).toBe(AMI);
    const builder = new ImagebuilderClient(config);
    const recipes = await builder.send(new ListImageRecipesCommand({}));
    expect(recipes.imageRecipeSummaryList?.[0]?.parentImage).toBe(AMI);
    const { imageVersionList } = await builder.send(new ListImagesCommand({}));
    const built = await builder.send(
      new ListImageBuildVersionsCommand({ imageVersionArn: imageVersionList?.[0]?.arn }),
    );
    expect(built.imageSummaryList?.[0]?.outputResources?.amis?.[0]?.image).toBe(AMI);
    const sagemaker = new SageMakerClient(config);
    const { ClusterSummaries } = await sagemaker.send(new ListClustersCommand({}));
    const training = await sagemaker.send(
      new DescribeClusterCommand({ ClusterName: ClusterSummaries?.[0]?.ClusterName }),
    );
    expect(training.InstanceGroups?.[0]?.CurrentImageId).toBe(AMI);
    const { DBEngineVersions } = await new RDSClient(config).send(
      new DescribeDBEngineVersionsCommand({}),
    );
    expect(DBEngineVersions?.[0]?.Image?.ImageId).toBe(AMI);
  });
});
