import { z } from 'zod';
import type { SimEstate, SimOrganization } from '../../model/organization.ts';
import type { Endpoint } from '../../services/call/endpoint.ts';
import { ServiceError, type SimRequest } from '../../services/call/service.ts';
import { enterEstate } from '../../services/dispatch/regional.ts';
import { makeJsonEndpoint } from '../../services/protocols/json-endpoint.ts';
import { parseInput } from '../../services/protocols/json-input.ts';
import { pageOf } from './page.ts';
import { AMI_USERS } from './state.ts';

type Operation = (estate: SimEstate, body: Buffer) => unknown;

interface JsonService {
  readonly name: string;
  readonly target: string;
  readonly version?: '1.0';
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Services of the JSON protocol that are asked for what names AMIs: their listings, and no more. */
export function makeJsonServices(organization: SimOrganization): Record<string, Endpoint> {
  return Object.fromEntries(
    SERVICES.map(({ operations, ...service }) => [
      service.name,
      makeJsonEndpoint({
        ...service,
        operations: Object.fromEntries(
          Object.entries(operations).map(([operation, perform]) => [
            operation,
            (request: SimRequest) => {
              const asked = { service: service.name, operation };
              return perform(enterEstate(asked, request, organization), request.body);
            },
          ]),
        ),
      }),
    ]),
  );
}

const INVALID_INPUT = 'InvalidInputException';
const INVALID_REQUEST = 'InvalidRequestException';
const VALIDATION = 'ValidationException';

const PageSize = z.int().min(1).max(100);
const Paged = z.strictObject({
  maxResults: PageSize.default(100),
  nextToken: z.string().optional(),
});

const CODEBUILD: JsonService = {
  name: 'codebuild',
  target: 'CodeBuild_20161006',
  operations: {
    ListFleets: (estate, body) => {
      const { maxResults: size, nextToken: token } = parseInput(Paged, body, INVALID_INPUT);
      const asked = { listing: 'fleets', size, token, invalid: INVALID_INPUT };
      const { items, nextToken } = pageOf(estate, AMI_USERS.of(estate).codebuildFleets, asked);
      const fleets = items.map(({ name }) => fleetArn(estate, name));
      return { fleets, ...(nextToken !== undefined && { nextToken }) };
    },
    BatchGetFleets: (estate, body) => {
      const Names = z.strictObject({ names: z.array(z.string()).min(1).max(100) });
      const { names } = parseInput(Names, body, INVALID_INPUT);
      const found = AMI_USERS.of(estate)
        .codebuildFleets.map((fleet) => ({ ...fleet, arn: fleetArn(estate, fleet.name) }))
        .filter(({ arn }) => names.includes(arn));
      const known = new Set(found.map(({ arn }) => arn));
      return { fleets: found, fleetsNotFound: names.filter((arn) => !known.has(arn)) };
    },
  },
};

const SAGEMAKER: JsonService = {
  name: 'sagemaker',
  target: 'SageMaker',
  operations: {
    ListClusters: (estate, body) => {
      const Input = z.strictObject({
        MaxResults: PageSize.default(10),
        NextToken: z.string().optional(),
      });
      const { MaxResults: size, NextToken: token } = parseInput(Input, body, VALIDATION);
      const asked = { listing: 'clusters', size, token, invalid: VALIDATION };
      const { items, nextToken } = pageOf(estate, AMI_USERS.of(estate).sagemakerClusters, asked);
      return {
        ClusterSummaries: items.map(({ name }) => ({
          ClusterArn: clusterArn(estate, name),
          ClusterName: name,
          ClusterStatus: 'InService',
        })),
        ...(nextToken !== undefined && { NextToken: nextToken }),
      };
    },
    DescribeCluster: (estate, body) => {
      const { ClusterName } = parseInput(
        z.strictObject({ ClusterName: z.string() }),
        body,
        VALIDATION,
      );
      const cluster = AMI_USERS.of(estate).sagemakerClusters.find(({ name }) =>
        [name, clusterArn(estate, name)].includes(ClusterName),
      );
      if (cluster === undefined) throw new ServiceError('ResourceNotFound', 'Cluster not found.');
      const { name, currentImageId, desiredImageId } = cluster;
      return {
        ClusterArn: clusterArn(estate, name),
        ClusterName: name,
        ClusterStatus: 'InService',
        InstanceGroups: [
          {
            InstanceGroupName: 'workers',
            CurrentImageId: currentImageId ?? 'default',
            ...(desiredImageId !== undefined && { DesiredImageId: desiredImageId }),
          },
        ],
      };
    },
  },
};

const PCS: JsonService = {
  name: 'pcs',
  target: 'AWSParallelComputingService',
  version: '1.0',
  operations: {
    ListClusters: (estate, body) => {
      const { maxResults: size, nextToken: token } = parseInput(Paged, body, VALIDATION);
      const asked = { listing: 'clusters', size, token, invalid: VALIDATION };
      const { items, nextToken } = pageOf(estate, AMI_USERS.of(estate).pcsClusters, asked);
      const clusters = items.map(({ id }) => ({ id, name: id, status: 'ACTIVE' }));
      return { clusters, ...(nextToken !== undefined && { nextToken }) };
    },
    ListComputeNodeGroups: (estate, body) => {
      const Input = Paged.extend({ clusterIdentifier: z.string() });
      const input = parseInput(Input, body, VALIDATION);
      const { clusterIdentifier, maxResults: size, nextToken: token } = input;
      const { nodeGroups } = pcsCluster(estate, clusterIdentifier);
      const asked = { listing: clusterIdentifier, size, token, invalid: VALIDATION };
      const { items, nextToken } = pageOf(estate, nodeGroups, asked);
      const computeNodeGroups = items.map(({ id }) => ({ id, name: id, status: 'ACTIVE' }));
      return { computeNodeGroups, ...(nextToken !== undefined && { nextToken }) };
    },
    GetComputeNodeGroup: (estate, body) => {
      const Input = z.strictObject({
        clusterIdentifier: z.string(),
        computeNodeGroupIdentifier: z.string(),
      });
      const input = parseInput(Input, body, VALIDATION);
      const { nodeGroups } = pcsCluster(estate, input.clusterIdentifier);
      const group = nodeGroups.find(({ id }) => id === input.computeNodeGroupIdentifier);
      if (group === undefined) throw notFound();
      const { accountId, region } = estate;
      const arn = `arn:aws:pcs:${region}:${accountId}:cluster/${input.clusterIdentifier}/computenodegroup/${group.id}`;
      return { computeNodeGroup: { ...group, arn, name: group.id } };
    },
  },
};

const EmrPage = z.strictObject({ ClusterId: z.string(), Marker: z.string().optional() });
const EMR_PAGE_SIZE = 50;

const EMR: JsonService = {
  name: 'elasticmapreduce',
  target: 'ElasticMapReduce',
  operations: {
    ListClusters: (estate, body) => {
      const Input = z.strictObject({
        ClusterStates: z.array(z.string()).optional(),
        Marker: z.string().optional(),
      });
      const { ClusterStates, Marker } = parseInput(Input, body, INVALID_REQUEST);
      const all = AMI_USERS.of(estate).emrClusters.filter(
        ({ state }) => ClusterStates === undefined || ClusterStates.includes(state),
      );
      const asked = { size: EMR_PAGE_SIZE, token: Marker, invalid: INVALID_REQUEST };
      const listing = `clusters ${JSON.stringify(ClusterStates)}`;
      const { items, nextToken } = pageOf(estate, all, { ...asked, listing });
      return {
        Clusters: items.map(({ id, name, state }) => ({
          Id: id,
          Name: name,
          Status: { State: state },
        })),
        ...(nextToken !== undefined && { Marker: nextToken }),
      };
    },
    DescribeCluster: (estate, body) => {
      const { ClusterId } = parseInput(EmrPage, body, INVALID_REQUEST);
      const { id, name, state, customAmiId, fleetAmiIds } = emrCluster(estate, ClusterId);
      return {
        Cluster: {
          Id: id,
          Name: name,
          Status: { State: state },
          InstanceCollectionType: fleetAmiIds === undefined ? 'INSTANCE_GROUP' : 'INSTANCE_FLEET',
          ...(customAmiId !== undefined && { CustomAmiId: customAmiId }),
        },
      };
    },
    ListInstanceGroups: (estate, body) => {
      const { ClusterId } = parseInput(EmrPage, body, INVALID_REQUEST);
      const { groupAmiIds = [] } = emrCluster(estate, ClusterId);
      return {
        InstanceGroups: groupAmiIds.map((CustomAmiId, index) => ({
          Id: `ig-${index}`,
          CustomAmiId,
        })),
      };
    },
    ListInstanceFleets: (estate, body) => {
      const { ClusterId } = parseInput(EmrPage, body, INVALID_REQUEST);
      const { fleetAmiIds } = emrCluster(estate, ClusterId);
      if (fleetAmiIds === undefined) {
        throw new ServiceError(
          INVALID_REQUEST,
          'Instance fleets and instance groups are mutually exclusive.',
        );
      }
      const types = fleetAmiIds.map((CustomAmiId) => ({ InstanceType: 'm5.xlarge', CustomAmiId }));
      return { InstanceFleets: [{ Id: 'if-0', InstanceTypeSpecifications: types }] };
    },
  },
};

const SERVICES: readonly JsonService[] = [CODEBUILD, SAGEMAKER, PCS, EMR];

function pcsCluster(estate: SimEstate, id: string) {
  const cluster = AMI_USERS.of(estate).pcsClusters.find((one) => one.id === id);
  if (cluster === undefined) throw notFound();
  return cluster;
}

function notFound(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The resource was not found.');
}

function emrCluster(estate: SimEstate, id: string) {
  const cluster = AMI_USERS.of(estate).emrClusters.find((one) => one.id === id);
  if (cluster === undefined) {
    throw new ServiceError(INVALID_REQUEST, `Cluster id '${id}' is not valid.`);
  }
  return cluster;
}

function fleetArn({ region, accountId }: SimEstate, name: string): string {
  return `arn:aws:codebuild:${region}:${accountId}:fleet/${name}:1`;
}

function clusterArn({ region, accountId }: SimEstate, name: string): string {
  return `arn:aws:sagemaker:${region}:${accountId}:cluster/${name}`;
}
