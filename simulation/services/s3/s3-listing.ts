import type { SimBucket } from './s3-bucket.ts';
import { ServiceError } from '../call/service.ts';
import { element, wrap } from '../protocols/xml.ts';

/**
 * The inside of a ListBucketResult: one page of ListObjectsV2. A common prefix counts as a key.
 *
 * @throws {ServiceError} InvalidArgument for a continuation token or max-keys that can't be read
 */
export function listObjects(
  bucket: SimBucket,
  query: URLSearchParams,
  { bucketName, mostKeys }: { bucketName: string; mostKeys: number },
): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : readToken(token);
  const maxKeys = Math.min(mostKeys, maxKeysOf(query));
  const write = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;

  const entries: string[] = [];
  let count = 0;
  let last = '';
  let lastGroup = '';
  let truncated = false;
  for (const key of bucket.keys(prefix, after)) {
    const group = groupOf(key, prefix, delimiter);
    if (group !== '' && group === lastGroup) {
      last = key;
      continue;
    }
    if (count === maxKeys) {
      // S3 calls an answer to max-keys=0 complete.
      truncated = maxKeys > 0;
      break;
    }
    entries.push(
      group === ''
        ? contentsOf(bucket, key, write)
        : wrap('CommonPrefixes', element('Prefix', write(group))),
    );
    count += 1;
    last = key;
    lastGroup = group;
  }
  return [
    element('Name', bucketName),
    element('Prefix', write(prefix)),
    element('MaxKeys', maxKeys),
    element('KeyCount', count),
    element('IsTruncated', truncated),
    element('NextContinuationToken', truncated ? makeToken(last) : undefined),
    ...entries,
  ].join('');
}

function contentsOf(bucket: SimBucket, key: string, write: (key: string) => string): string {
  const { etag, body, lastModified } = bucket.get(key);
  const inner =
    element('Key', write(key)) +
    element('LastModified', lastModified) +
    element('ETag', etag) +
    element('Size', body.length) +
    element('StorageClass', 'STANDARD');
  return wrap('Contents', inner);
}

/** The common prefix a key is rolled up into; empty when it stands for itself. */
function groupOf(key: string, prefix: string, delimiter: string): string {
  if (delimiter === '') return '';
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? '' : key.slice(0, end + delimiter.length);
}

function maxKeysOf(query: URLSearchParams): number {
  const maxKeys = Number(query.get('max-keys') ?? 1000);
  if (Number.isInteger(maxKeys) && maxKeys >= 0) return maxKeys;
  throw new ServiceError('InvalidArgument', 'Provided max-keys not an integer or within range');
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

function makeToken(lastKey: string): string {
  return Buffer.from(`after:${lastKey}`).toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith('after:')) return text.slice('after:'.length);
  throw new ServiceError('InvalidArgument', 'The continuation token provided is incorrect');
}
