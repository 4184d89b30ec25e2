import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { SimOrganization } from '../model/organization.ts';
import type { Endpoint } from './call/endpoint.ts';
import { denialMessage, findDenial } from './iam/iam.ts';
import { makeJsonEndpoint } from './protocols/json-endpoint.ts';
import { parseInput } from './protocols/json-input.ts';
import { commonRefusal } from './call/refusals.ts';
import { ServiceError, type SimRequest } from './call/service.ts';
import { seededKey } from './call/seeded.ts';

const ALGORITHM = 'HMAC_SHA_256';
/** KMS's quota of symmetric operations, where it is lowest. */
const BUCKET = { capacity: 10_000, refillPerSecond: 10_000 };

const GenerateMac = z.strictObject({
  KeyId: z.string().min(1).max(2048),
  Message: z.base64(),
  MacAlgorithm: z.enum(['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']),
});

/** A key of the spec HMAC_256 in the hub's account. */
export interface SimMacKey {
  readonly arn: string;
  /** ARNs of those whom its policy lets use it; left out: every principal of the hub's account. */
  readonly users?: readonly string[];
}

/** GenerateMac with the hub's own keys. What they are made of depends on the seed, and is told nobody. */
export function makeKms(options: {
  readonly organization: SimOrganization;
  readonly seed: number;
  readonly keys: readonly SimMacKey[];
}): Endpoint {
  return makeJsonEndpoint({
    name: 'kms',
    target: 'TrentService',
    operations: {
      GenerateMac: (request) => generateMac(request, options),
    },
    bucketOf: (_, { caller, region }) => ({
      name: `kms/${caller.accountId}/${region}`,
      size: BUCKET,
    }),
  });
}

function generateMac(
  request: SimRequest,
  { organization, seed, keys }: Parameters<typeof makeKms>[0],
): unknown {
  const asked = parseInput(GenerateMac, request.body, 'ValidationException');
  const message = Buffer.from(asked.Message, 'base64');
  if (message.length < 1 || message.length > 4096) {
    throw new ServiceError('ValidationException', 'Message: 1 to 4096 bytes');
  }
  const key = keys.find(({ arn }) => arn === asked.KeyId && arn.split(':')[3] === request.region);
  refuseOthers(request, asked.KeyId, key, organization);
  if (key === undefined) {
    throw new ServiceError('NotFoundException', `Key '${asked.KeyId}' does not exist`);
  }
  if (asked.MacAlgorithm !== ALGORITHM) {
    const words = `Algorithm ${asked.MacAlgorithm} is incompatible with key spec HMAC_256.`;
    throw new ServiceError('InvalidKeyUsageException', words);
  }
  const secret = seededKey(seed, 32, 'hmac-key', key.arn);
  const Mac = createHmac('sha256', secret).update(message).digest('base64');
  return { KeyId: key.arn, Mac, MacAlgorithm: ALGORITHM };
}

/** By the caller's own policies, and by the key's. */
function refuseOthers(
  { caller, region }: SimRequest,
  resource: string,
  key: SimMacKey | undefined,
  organization: SimOrganization,
): void {
  const access = { caller, action: 'kms:GenerateMac', resource, region };
  const mayUse = key?.users?.includes(caller.arn) ?? true;
  const isOfHub = caller.accountId === organization.hubAccountId;
  const why =
    findDenial(organization, access) ??
    (mayUse && isOfHub ? undefined : 'with an explicit deny in a resource-based policy');
  if (why === undefined) return;
  const { code, status } = commonRefusal('kms', 'DENIED');
  throw new ServiceError(code, denialMessage(access, why), status);
}
