import { z } from 'zod';
import type { SimOrganization } from '../model/organization.ts';
import type { SimSnapshot } from '../model/snapshot.ts';
import { BLOCK_BYTES, blocksOf, lineageOf } from '../population/snapshots/blocks.ts';
import { snapshotArn } from './ec2/operation.ts';
import { isRegionEnabled } from './ec2/regions.ts';
import type { Endpoint } from './call/endpoint.ts';
import { denialMessage, findDenial } from './iam/iam.ts';
import { makePageToken, readPageToken } from './protocols/page-token.ts';
import { commonRefusal } from './call/refusals.ts';
import { restJsonAnswer, restJsonError } from './protocols/rest-json-protocol.ts';
import { seededFraction } from './call/seeded.ts';
import { ServiceError, type SimRequest } from './call/service.ts';

const BLOCKS = /^\/snapshots\/(snap-[0-9a-z-]+)\/blocks$/;
const CHANGED_BLOCKS = /^\/snapshots\/(snap-[0-9a-z-]+)\/changedblocks$/;
/** Service Quotas: ListSnapshotBlocks and ListChangedBlocks requests per account. */
const BUCKET = { capacity: 50, refillPerSecond: 50 };
/** What one request looks through before it answers with what it has, however little. */
const BLOCKS_LOOKED_THROUGH = 1_000_000;
/** One page in so many is empty, or has half of what was asked for. */
const EMPTY_PAGES = 1 / 12;
const SHORT_PAGES = 1 / 8;
const TOKENS_EXPIRE_MS = 7 * 86_400_000;

const Paging = z.object({
  maxResults: z.coerce.number().int().min(100).max(10_000).default(10_000),
  startingBlockIndex: z.coerce.number().int().min(0).default(0),
  pageToken: z.string().optional(),
  firstSnapshotId: z.string().optional(),
});

/** ListSnapshotBlocks and ListChangedBlocks of the EBS direct APIs. What is in a block isn't simulated. */
export function makeEbs({
  organization,
  seed,
}: {
  readonly organization: SimOrganization;
  readonly seed: number;
}): Endpoint {
  return {
    open: (request) => {
      const operation = operationOf(request);
      const { accountId } = request.caller;
      return {
        operation,
        accountId,
        bucket: { name: `ebs/${accountId}/${request.region}/${operation}`, size: BUCKET },
        answer: async () => restJsonAnswer(answer({ operation, request, organization, seed })),
      };
    },
    refusal: (kind) => commonRefusal('ebs', kind),
    toError: restJsonError,
  };
}

function operationOf({ method, path }: SimRequest): string {
  if (method === 'GET' && BLOCKS.test(path)) return 'ListSnapshotBlocks';
  if (method === 'GET' && CHANGED_BLOCKS.test(path)) return 'ListChangedBlocks';
  return `${method} ${path}`;
}

interface EbsCall {
  readonly operation: string;
  readonly request: SimRequest;
  readonly organization: SimOrganization;
  readonly seed: number;
}

function answer(call: EbsCall): unknown {
  const { operation, request, organization } = call;
  const { caller, region, path } = request;
  const snapshotId = (BLOCKS.exec(path) ?? CHANGED_BLOCKS.exec(path))?.[1];
  if (snapshotId === undefined) {
    throw new ServiceError('UnknownOperationException', `There is no ${operation}.`, 404);
  }
  if (!isRegionEnabled({ organization, caller, region })) {
    throw commonRefusal('ebs', 'UNKNOWN_KEY');
  }
  const paging = parsePaging(request);
  if (operation === 'ListSnapshotBlocks') {
    const snapshot = find(call, snapshotId);
    const blocks = blocksOf(call.seed, snapshot);
    return page(call, paging, snapshot, (index) =>
      blocks.has(index)
        ? { BlockIndex: index, BlockToken: tokenOf(snapshot, blocks.version(index), index) }
        : undefined,
    );
  }
  if (paging.firstSnapshotId === undefined) {
    // Without a first snapshot AWS answers with all blocks of the second; orgsweep never asks so.
    throw invalid('The simulation compares two snapshots: firstSnapshotId is missing.');
  }
  return changedBlocks(call, paging, [paging.firstSnapshotId, snapshotId]);
}

function changedBlocks(call: EbsCall, paging: z.infer<typeof Paging>, ids: [string, string]) {
  const [first, second] = [find(call, ids[0]), find(call, ids[1])];
  if (lineageOf(first) !== lineageOf(second)) {
    throw invalid('The first and second snapshots are not of the same lineage.');
  }
  if (first.startTime > second.startTime) {
    throw invalid('The first snapshot must be older than the second snapshot.');
  }
  const [before, after] = [blocksOf(call.seed, first), blocksOf(call.seed, second)];
  return page(call, paging, second, (index) => {
    const [wasThere, isThere] = [before.has(index), after.has(index)];
    if (!wasThere && !isThere) return undefined;
    const [old, now] = [before.version(index), after.version(index)];
    if (wasThere && isThere && old === now) return undefined;
    return {
      BlockIndex: index,
      ...(wasThere && { FirstBlockToken: tokenOf(first, old, index) }),
      ...(isThere && { SecondBlockToken: tokenOf(second, now, index) }),
    };
  });
}

/** @throws {ServiceError} as IAM, and as EBS for what has no blocks to list */
function find({ operation, request, organization }: EbsCall, snapshotId: string): SimSnapshot {
  const { caller, region } = request;
  const action = `ebs:${operation}`;
  const access = { caller, action, resource: snapshotArn(region, snapshotId), region };
  const why = findDenial(organization, access);
  if (why !== undefined) {
    throw new ServiceError('AccessDeniedException', denialMessage(access, why), 403);
  }
  const snapshot = organization.estate(caller.accountId, region).snapshot(snapshotId);
  if (snapshot === undefined) {
    const message = `The snapshot '${snapshotId}' does not exist.`;
    throw new ServiceError('ResourceNotFoundException', message, 404);
  }
  if (snapshot.state !== 'completed') throw invalid(`Snapshot ${snapshotId} is not completed.`);
  if (snapshot.storageTier === 'archive') throw invalid(`Snapshot ${snapshotId} is archived.`);
  return snapshot;
}

/** One page of what `blockAt` finds, ascending; a full one, or less, or nothing with a token. */
function page(
  { operation, request, seed }: EbsCall,
  { maxResults, startingBlockIndex, pageToken, firstSnapshotId }: z.infer<typeof Paging>,
  snapshot: SimSnapshot,
  blockAt: (index: number) => object | undefined,
): unknown {
  const { count } = blocksOf(seed, snapshot);
  const listing = [request.caller.accountId, request.path, firstSnapshotId ?? ''].join(' ');
  // Twice the index, and one for "after an empty page": that a token comes twice would be an error.
  const position =
    pageToken === undefined ? startingBlockIndex * 2 : readPageToken(pageToken, listing);
  if (position === undefined) throw invalid('The page token is not valid.');
  const from = Math.floor(position / 2);
  const chance = seededFraction(seed, 'ebs-page', listing, from);
  const isEmpty = position % 2 === 0 && chance < EMPTY_PAGES;
  const size = chance > 1 - SHORT_PAGES ? Math.ceil(maxResults / 2) : maxResults;
  const found: object[] = [];
  const end = Math.min(count, from + BLOCKS_LOOKED_THROUGH);
  let index = from;
  for (; !isEmpty && index < end && found.length < size; index += 1) {
    const block = blockAt(index);
    if (block !== undefined) found.push(block);
  }
  const next = isEmpty ? position + 1 : index < count ? index * 2 : undefined;
  return {
    [operation === 'ListSnapshotBlocks' ? 'Blocks' : 'ChangedBlocks']: found,
    BlockSize: BLOCK_BYTES,
    VolumeSize: snapshot.volumeSizeGiB,
    ExpiryTime: (snapshot.startTime.getTime() + TOKENS_EXPIRE_MS) / 1000,
    ...(next !== undefined && { NextToken: makePageToken(next, listing) }),
  };
}

/** Opaque, and another one in every snapshot: what is the same can't be told by it. */
function tokenOf({ snapshotId }: SimSnapshot, version: number, index: number): string {
  return Buffer.from(`${snapshotId}/${version}/${index}`).toString('base64');
}

function parsePaging({ query }: SimRequest): z.infer<typeof Paging> {
  const parsed = Paging.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
