import type { Clock } from '../../../clock/clock.ts';
import type { Endpoint } from '../call/endpoint.ts';
import { commonRefusal } from '../call/refusals.ts';
import { SimBucket } from './s3-bucket.ts';
import { listObjects } from './s3-listing.ts';
import {
  conditionsOf,
  contentTypeOf,
  empty,
  errorDocument,
  headersOf,
  partNumberOf,
  partsIn,
  uploadIdOf,
  xmlAnswer,
} from './s3-protocol.ts';
import { ServiceError, type SimRequest, type SimResponse } from '../call/service.ts';
import { element } from '../protocols/xml.ts';

export interface SimBuckets {
  /** @throws {ServiceError} NoSuchBucket */
  bucket(name: string): SimBucket;
  readonly bucketNames: readonly string[];
  /** Nothing happens where there is one of that name. */
  makeBucket(name: string): void;
}

/** A call about one bucket, or one object in it (`key` is empty otherwise). */
interface Call {
  readonly request: SimRequest;
  readonly bucketName: string;
  readonly key: string;
  /** @throws {ServiceError} NoSuchBucket */
  readonly bucket: () => SimBucket;
  readonly buckets: Map<string, SimBucket>;
  readonly now: Date;
  readonly mostKeys: number;
}

type Answer = (call: Call) => SimResponse;

/**
 * S3 with path-style addresses, as far as a store needs it: objects with conditional writes,
 * ListObjectsV2, multipart uploads, CreateBucket, DeleteBucket and HeadBucket. The buckets belong to the hub;
 * spoke sessions are denied.
 *
 * @param buckets names of the buckets there from the start
 * @param mostKeys how many keys a page of ListObjectsV2 has at most; S3 gives 1,000
 */
export function makeS3(options: {
  clock: Clock;
  buckets?: readonly string[];
  mostKeys?: number;
}): Endpoint & SimBuckets {
  const { clock, mostKeys = 1000 } = options;
  const buckets = new Map((options.buckets ?? []).map((name) => [name, new SimBucket()]));
  const bucket = (name: string) => {
    const found = buckets.get(name);
    if (found !== undefined) return found;
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  };
  return {
    bucket,
    get bucketNames() {
      return [...buckets.keys()];
    },
    makeBucket: (name) => {
      if (!buckets.has(name)) buckets.set(name, new SimBucket());
    },
    open: (request) => {
      const [, bucketName = '', ...rest] = decodePath(request.path).split('/');
      const key = rest.join('/');
      const route = routeOf(request, bucketName, key);
      const [operation, answer] = OPERATIONS[route] ?? [route, notImplemented(route)];
      const call: Call = {
        request,
        bucketName,
        key,
        bucket: () => bucket(bucketName),
        buckets,
        now: clock.now(),
        mostKeys,
      };
      return {
        operation,
        accountId: request.caller.accountId,
        answer: async (requestId) => {
          refuseSpokes(request);
          refuseUnknown(request);
          const { headers, ...response } = answer(call);
          return { ...response, headers: { ...headers, 'x-amz-request-id': requestId } };
        },
      };
    },
    refusal: (kind) => commonRefusal('s3', kind),
    toError: errorDocument,
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** What tells S3's operations apart: the method, the level of the path, and a mark in the query. */
function routeOf({ method, query }: SimRequest, bucketName: string, key: string): string {
  const level = bucketName === '' ? '/' : key === '' ? '/bucket' : '/bucket/key';
  const mark = ['uploadId', 'uploads', 'list-type'].find((name) => query.has(name));
  return `${method} ${level}${mark === undefined ? '' : `?${mark}`}`;
}

function refuseSpokes({ caller }: SimRequest): void {
  if (caller.role === 'hub') return;
  throw new ServiceError('AccessDenied', `User: ${caller.arn} is not authorized`, 403);
}

const PARAMETERS = new Set(
  `list-type prefix delimiter continuation-token start-after max-keys encoding-type fetch-owner
  uploads uploadId partNumber x-id`.split(/\s+/),
);
const HEADERS_LEFT_OUT = 'range x-amz-copy-source if-modified-since if-unmodified-since'.split(' ');

/** What would be ignored would be answered wrongly. */
function refuseUnknown({ query, headers, method }: SimRequest): void {
  const isRead = method === 'GET' || method === 'HEAD';
  const leftOut = [...HEADERS_LEFT_OUT, ...(isRead ? ['if-match', 'if-none-match'] : [])];
  const unknown =
    [...query.keys()].find((name) => !PARAMETERS.has(name)) ??
    leftOut.find((name) => headers[name] !== undefined);
  if (unknown !== undefined) notImplemented(unknown)();
}

function notImplemented(what: string): () => never {
  return () => {
    throw new ServiceError('NotImplemented', `${what} isn't implemented in this simulation`, 501);
  };
}

const OPERATIONS: Readonly<Record<string, readonly [operation: string, answer: Answer]>> = {
  'PUT /bucket': ['CreateBucket', createBucket],
  'DELETE /bucket': ['DeleteBucket', deleteBucket],
  'HEAD /bucket': ['HeadBucket', (call) => (call.bucket(), empty(200))],
  'GET /bucket?list-type': ['ListObjectsV2', listObjectsV2],
  'PUT /bucket/key': ['PutObject', putObject],
  'GET /bucket/key': ['GetObject', getObject],
  'HEAD /bucket/key': ['HeadObject', getObject],
  'DELETE /bucket/key': ['DeleteObject', (call) => (call.bucket().delete(call.key), empty(204))],
  'POST /bucket/key?uploads': ['CreateMultipartUpload', createMultipartUpload],
  'PUT /bucket/key?uploadId': ['UploadPart', uploadPart],
  'POST /bucket/key?uploadId': ['CompleteMultipartUpload', completeMultipartUpload],
  'DELETE /bucket/key?uploadId': ['AbortMultipartUpload', abortMultipartUpload],
};

function createBucket({ buckets, bucketName }: Call): SimResponse {
  if (buckets.has(bucketName)) {
    throw new ServiceError('BucketAlreadyOwnedByYou', 'You already own this bucket.', 409);
  }
  buckets.set(bucketName, new SimBucket());
  return empty(200, { location: `/${bucketName}` });
}

function deleteBucket({ buckets, bucketName, bucket }: Call): SimResponse {
  if (bucket().keys('', '').length > 0) {
    throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty.', 409);
  }
  buckets.delete(bucketName);
  return empty(204);
}

function listObjectsV2({ bucket, bucketName, request, mostKeys }: Call): SimResponse {
  if (request.query.get('list-type') !== '2') notImplemented('ListObjects')();
  const inner = listObjects(bucket(), request.query, { bucketName, mostKeys });
  return xmlAnswer('ListBucketResult', inner);
}

function putObject({ bucket, key, request, now }: Call): SimResponse {
  const object = { body: request.body, contentType: contentTypeOf(request), lastModified: now };
  return empty(200, { etag: bucket().put(key, object, conditionsOf(request)).etag });
}

/** HeadObject is the same with no body, and HTTP itself leaves that out. */
function getObject({ bucket, key }: Call): SimResponse {
  const object = bucket().get(key);
  return { status: 200, headers: headersOf(object), body: object.body };
}

function createMultipartUpload({ bucket, bucketName, key, request }: Call): SimResponse {
  const uploadId = bucket().createUpload(key, contentTypeOf(request));
  const inner = element('Bucket', bucketName) + element('Key', key) + element('UploadId', uploadId);
  return xmlAnswer('InitiateMultipartUploadResult', inner);
}

function uploadPart({ bucket, key, request }: Call): SimResponse {
  const { body } = request;
  return empty(200, {
    etag: bucket().putPart(key, uploadIdOf(request), partNumberOf(request), body),
  });
}

function completeMultipartUpload({ bucket, bucketName, key, request, now }: Call): SimResponse {
  const { etag } = bucket().completeUpload(key, uploadIdOf(request), partsIn(request), {
    lastModified: now,
    conditions: conditionsOf(request),
  });
  const inner = element('Bucket', bucketName) + element('Key', key) + element('ETag', etag);
  return xmlAnswer('CompleteMultipartUploadResult', inner);
}

function abortMultipartUpload({ bucket, key, request }: Call): SimResponse {
  bucket().abortUpload(key, uploadIdOf(request));
  return empty(204);
}
