import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type ClientOptions, requestHandlerFor, REQUESTS } from '../aws/sessions/aws-clients.ts';
import { notingTime } from '../clock/aws-time.ts';
import { brokenListing } from '../aws/answers/pages.ts';
import { joinLines, splitLines } from './lines.ts';
import { tellingWhatCame } from '../aws/answers/wire-words.ts';
import { type PutCondition, type Store, StoreConflict } from './store.ts';

/** S3 takes parts from 5 MiB on, and 10,000 of them: an object may reach 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
/** With two parts on their way a writer holds some 24 MiB, whatever the object's size. */
const PARTS_AT_ONCE = 2;

/**
 * The client for `makeS3Store`; what isn't given comes from the SDK's own chain.
 *
 * Two defaults of the SDK are wanted as they are. An endpoint that is an IP address gets path-style
 * addresses; one that is a name gets its buckets as subdomains, so write 127.0.0.1 for an emulator,
 * not localhost. CRC32 checksums of every upload: the bodies here are strings and buffers, never
 * streams, so they travel in a header that servers without checksums ignore, and not in a trailer,
 * which some can't read. A PUT whose answer was lost is sent again; a conditional one may then meet
 * its own first try, and `put` throws StoreConflict for a write that happened.
 */
export function makeS3Client({
  region,
  credentials,
  endpoint,
  profile,
  awsTime,
  ...others
}: Pick<ClientOptions, 'credentials' | 'endpoint' | 'profile' | 'network' | 'awsTime'> & {
  region?: string;
} = {}): S3Client {
  const client = new S3Client({
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    ...(endpoint !== undefined && { endpoint }),
    ...(profile !== undefined && { profile }),
    maxAttempts: 5,
    // Of an execution's 100,000 requests one that is never answered would cost it all the others.
    requestHandler: requestHandlerFor(others, REQUESTS),
  });
  return tellingWhatCame(notingTime(client, awsTime), 's3');
}

/** A store in an S3 bucket. Versions are ETags; conditions are S3's conditional writes. */
export function makeS3Store({ client, bucket }: { client: S3Client; bucket: string }): Store {
  const locationOf = (key: string) => `s3://${bucket}/${key}`;
  return {
    get: async (key) => {
      const found = await getIfPresent(client, bucket, key);
      if (found === undefined) return undefined;
      const body = await bodyOf(found, locationOf(key)).transformToString('utf-8');
      return { body, version: versionOf(found.ETag, locationOf(key)) };
    },
    put: async (key, body, condition) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        // Not known to the SDK for an empty body, which then warns of a stream.
        ContentLength: Buffer.byteLength(body),
        ContentType: contentTypeOf(key),
        ...headersOf(condition),
      });
      try {
        return versionOf((await client.send(command)).ETag, locationOf(key));
      } catch (error) {
        if (condition !== undefined && isConflict(error)) {
          throw new StoreConflict(`${locationOf(key)}: ${error.message}`, { cause: error });
        }
        throw error;
      }
    },
    lines: (key) => readLines(client, bucket, key),
    writeLines: async (key, lines) => {
      const body = Readable.from(joinLines(lines));
      // Nothing is visible before the upload is completed; lib-storage aborts one that failed.
      const upload = new Upload({
        client,
        params: { Bucket: bucket, Key: key, Body: body, ContentType: contentTypeOf(key) },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      });
      try {
        await upload.done();
      } catch (error) {
        // Where the abort fails as well, its error would hide why the lines broke off.
        throw body.errored ?? error;
      }
    },
    list: async function* (prefix, after) {
      for await (const page of paginateListObjectsV2(
        { client, pageSize: 1000 },
        { Bucket: bucket, Prefix: prefix, ...(after !== undefined && { StartAfter: after }) },
      )) {
        // S3 names the bucket in every page; a proxy's page with status 200 has neither name nor keys.
        if (page.Name === undefined)
          throw brokenListing('s3:ListObjectsV2', 'a page without its bucket');
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      }
    },
    locationOf,
  };
}

/**
 * Undefined for a missing object only. S3 answers AccessDenied, not NoSuchKey, to a caller without
 * s3:ListBucket: that is thrown, for it doesn't say that there is no object.
 */
async function getIfPresent(client: S3Client, bucket: string, key: string) {
  try {
    return await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function* readLines(client: S3Client, bucket: string, key: string) {
  const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  yield* splitLines(bodyOf(found, key) as AsyncIterable<Uint8Array>);
}

function bodyOf(found: GetObjectCommandOutput, location: string) {
  if (found.Body === undefined) throw new Error(`${location} came without a body`);
  return found.Body;
}

function versionOf(etag: string | undefined, location: string): string {
  if (etag === undefined) throw new Error(`${location} came without an ETag`);
  return etag;
}

function headersOf(condition: PutCondition | undefined) {
  if (condition === undefined) return {};
  return 'absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.version };
}

/** Besides 412: 409 while a rival write is under way, 404 for If-Match where there is no object. */
function isConflict(error: unknown): error is S3ServiceException {
  return (
    error instanceof S3ServiceException &&
    ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(error.name)
  );
}

/** So that the console and a browser show the file instead of saving it. */
function contentTypeOf(key: string): string {
  if (key.endsWith('.json')) return 'application/json';
  if (key.endsWith('.html')) return 'text/html; charset=utf-8';
  if (key.endsWith('.csv')) return 'text/csv; charset=utf-8';
  return 'text/plain; charset=utf-8';
}
