import { z } from 'zod';
import type { SimEstate, SimOrganization } from '../model/organization.ts';
import type { SimGatewayVolume } from '../model/references.ts';
import type { Endpoint } from './call/endpoint.ts';
import { makeJsonEndpoint } from './protocols/json-endpoint.ts';
import { parseInput } from './protocols/json-input.ts';
import { takePage } from './protocols/listing.ts';
import { enterEstate } from './dispatch/regional.ts';
import { ServiceError } from './call/service.ts';
import type { SimRequest } from './call/service.ts';
import { GIB } from '../model/units.ts';

const INVALID = 'InvalidGatewayRequestException';
const MAX_PAGE_SIZE = 100;

const ListVolumes = z.strictObject({
  GatewayARN: z.string().optional(),
  Limit: z.int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  Marker: z.string().optional(),
});

/** ListVolumes: the volumes of all of an account's gateways in a Region, or of one of them. */
export function makeStorageGateway(organization: SimOrganization): Endpoint {
  return makeJsonEndpoint({
    name: 'storagegateway',
    target: 'StorageGateway_20130630',
    operations: {
      ListVolumes: (request, operation) =>
        listVolumes(
          request,
          enterEstate({ service: 'storagegateway', operation }, request, organization),
        ),
    },
  });
}

function listVolumes(request: SimRequest, estate: SimEstate): unknown {
  const { GatewayARN, Limit, Marker } = parseInput(ListVolumes, request.body, INVALID);
  const { items, nextToken } = takePage({
    source: (from, limit) => estate.gatewayVolumes(from, limit),
    size: Limit,
    token: Marker,
    listing: `${estate.accountId} ${estate.region} ${GatewayARN}`,
    matches: (volume) => GatewayARN === undefined || gatewayArn(volume, request) === GatewayARN,
    invalidToken: () => new ServiceError(INVALID, 'The specified marker is not valid.'),
  });
  return {
    VolumeInfos: items.map((volume) => describe(volume, request)),
    ...(GatewayARN !== undefined && { GatewayARN }),
    ...(nextToken !== undefined && { Marker: nextToken }),
  };
}

function gatewayArn({ gatewayId }: SimGatewayVolume, { caller, region }: SimRequest): string {
  return `arn:aws:storagegateway:${region}:${caller.accountId}:gateway/${gatewayId}`;
}

/**
 * "Storage Gateway resource IDs are in uppercase. When you use these resource IDs with the Amazon
 * EC2 API, EC2 expects resource IDs in lowercase."
 */
function describe(volume: SimGatewayVolume, request: SimRequest): unknown {
  const volumeId = volume.volumeId.replace(/^vol-(.*)$/, (_, hex: string) => {
    return `vol-${hex.toUpperCase()}`;
  });
  return {
    GatewayARN: gatewayArn(volume, request),
    GatewayId: volume.gatewayId,
    VolumeARN: `${gatewayArn(volume, request)}/volume/${volumeId}`,
    VolumeId: volumeId,
    VolumeType: 'CACHED iSCSI',
    VolumeSizeInBytes: volume.sizeGiB * GIB,
    VolumeAttachmentStatus: 'ATTACHED',
  };
}
