import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { decodeAwsChunked } from '../../../../simulation/services/protocols/aws-chunked.ts';
import { BUCKET, startSimulatedS3 } from '../../../support/stores/s3-servers.ts';

const MIB = 1024 * 1024;
let server: Awaited<ReturnType<typeof startSimulatedS3>>;
beforeEach(async () => {
  server = await startSimulatedS3();
});
afterEach(async () => server.close());

const here = { Bucket: BUCKET, Key: 'a/ä b+c.json' };

describe('objects', () => {
  it('stores a body under its key and answers with its quoted MD5', async () => {
    const { client } = server;
    const put = await client.send(
      new PutObjectCommand({ ...here, Body: 'hello', ContentType: 'text/x-test' }),
    );
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const got = await client.send(new GetObjectCommand(here));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({ ETag: put.ETag, ContentType: 'text/x-test', ContentLength: 5 });
    const head = await client.send(new HeadObjectCommand(here));
    expect(head).toMatchObject({ ETag: put.ETag, ContentLength: 5 });
  });

  it('forgets what was deleted, and deletes what is not there without complaint', async () => {
    const { client } = server;
    await client.send(new PutObjectCommand({ ...here, Body: 'hello' }));
    await client.send(new DeleteObjectCommand(here));
    await client.send(new DeleteObjectCommand(here));
    await expect(client.send(new GetObjectCommand(here))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  it('names what is missing, with a request id', async () => {
    const { client } = server;
    await expect(client.send(new GetObjectCommand(here))).rejects.toMatchObject({
      name: 'NoSuchKey',
      RequestId: 'REQUEST1',
      $metadata: { httpStatusCode: 404, requestId: 'REQUEST1' },
    });
    const elsewhere = { ...here, Bucket: 'no-such-bucket' };
    await expect(client.send(new GetObjectCommand(elsewhere))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(client.send(new HeadObjectCommand(here))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('refuses what it does not have by name, and ignores nothing', async () => {
    const { client } = server;
    const notImplemented = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } };
    await expect(
      client.send(new GetObjectCommand({ ...here, Range: 'bytes=0-1' })),
    ).rejects.toMatchObject(notImplemented);
    await expect(
      client.send(new CopyObjectCommand({ ...here, CopySource: `${BUCKET}/b` })),
    ).rejects.toMatchObject(notImplemented);
  });

  it('denies the sessions of spoke roles', async () => {
    const spoke = await startSimulatedS3({ role: 'deletion' });
    await expect(spoke.client.send(new GetObjectCommand(here))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await spoke.close();
  });
});

describe('conditional writes', () => {
  it('creates with If-None-Match: * once', async () => {
    const create = new PutObjectCommand({ ...here, Body: 'one', IfNoneMatch: '*' });
    await server.client.send(create);
    await expect(server.client.send(create)).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('takes If-Match with or without quotes, and no other ETag', async () => {
    const { client } = server;
    const { ETag = '' } = await client.send(new PutObjectCommand({ ...here, Body: 'one' }));
    const replace = async (IfMatch: string) =>
      client.send(new PutObjectCommand({ ...here, Body: 'one', IfMatch }));
    await replace(ETag);
    await replace(ETag.replaceAll('"', ''));
    await expect(replace('"0"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('answers If-Match on a missing object with NoSuchKey, and If-None-Match of an ETag with NotImplemented', async () => {
    const { client } = server;
    await expect(
      client.send(new PutObjectCommand({ ...here, Body: 'x', IfMatch: '"0"' })),
    ).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(
      client.send(new PutObjectCommand({ ...here, Body: 'x', IfNoneMatch: '"0"' })),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('buckets', () => {
  it('are created once, and then are there', async () => {
    const { client } = server;
    const other = { Bucket: 'another-bucket' };
    await expect(client.send(new HeadBucketCommand(other))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await client.send(new CreateBucketCommand(other));
    await client.send(new HeadBucketCommand(other));
    await expect(client.send(new CreateBucketCommand(other))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });
});

describe('ListObjectsV2', () => {
  const keys = ['a/1', 'a/2', 'a/3/x', 'a/3/y', 'b & <c>', 'z'];
  beforeEach(async () => {
    for (const Key of keys) {
      await server.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));
    }
  });

  it.each([1, 2, 4, 6, 1000])(
    'gives every key once, in order, in pages of %i',
    async (pageSize) => {
      const seen: (string | undefined)[] = [];
      const sizes: number[] = [];
      const pages = paginateListObjectsV2({ client: server.client, pageSize }, { Bucket: BUCKET });
      for await (const { Contents = [], KeyCount } of pages) {
        expect(KeyCount).toBe(Contents.length);
        seen.push(...Contents.map(({ Key }) => Key));
        sizes.push(Contents.length);
      }
      expect(seen).toEqual(keys);
      expect(sizes).toHaveLength(Math.ceil(keys.length / pageSize));
    },
  );

  it('has at most 1,000 keys on a page, however many are asked for', async () => {
    for (let n = 0; n < 1000; n += 1) {
      const object = { body: Buffer.alloc(0), contentType: '', lastModified: new Date(0) };
      const conditions = { ifMatch: undefined, ifNoneMatch: undefined };
      server.s3.bucket(BUCKET).put(`many/${n}`, object, conditions);
    }
    const page = await server.client.send(
      new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 5000 }),
    );
    expect(page).toMatchObject({ KeyCount: 1000, MaxKeys: 1000, IsTruncated: true });
  });

  it.each([1, 2, 3, 1000])('rolls keys up to the delimiter, in pages of %i', async (pageSize) => {
    const listed = async (Prefix: string) => {
      const seen: (string | undefined)[] = [];
      const pages = paginateListObjectsV2(
        { client: server.client, pageSize },
        { Bucket: BUCKET, Prefix, Delimiter: '/' },
      );
      for await (const { Contents = [], CommonPrefixes = [] } of pages) {
        seen.push(...Contents.map(({ Key }) => Key), ...CommonPrefixes.map((one) => one.Prefix));
      }
      return seen.sort();
    };
    expect(await listed('a/')).toEqual(['a/1', 'a/2', 'a/3/']);
    expect(await listed('')).toEqual(['a/', 'b & <c>', 'z']);
  });

  it('refuses a continuation token it did not give', async () => {
    const command = new ListObjectsV2Command({ Bucket: BUCKET, ContinuationToken: 'made-up' });
    await expect(server.client.send(command)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('multipart uploads', () => {
  const create = async () =>
    (await server.client.send(new CreateMultipartUploadCommand(here))).UploadId ?? '';
  const upload = async (UploadId: string, PartNumber: number, size: number) => {
    const Body = Buffer.alloc(size, PartNumber);
    const command = new UploadPartCommand({ ...here, UploadId, PartNumber, Body });
    return { PartNumber, ETag: (await server.client.send(command)).ETag };
  };
  const complete = async (
    UploadId: string,
    Parts: { PartNumber: number; ETag: string | undefined }[],
  ) =>
    server.client.send(
      new CompleteMultipartUploadCommand({ ...here, UploadId, MultipartUpload: { Parts } }),
    );

  it('shows the object, all of it, when it is completed', async () => {
    const uploadId = await create();
    const parts = [await upload(uploadId, 2, 3), await upload(uploadId, 1, 5 * MIB)].reverse();
    await expect(server.client.send(new HeadObjectCommand(here))).rejects.toThrow();
    const { ETag } = await complete(uploadId, parts);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const got = await server.client.send(new GetObjectCommand(here));
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat([Buffer.alloc(5 * MIB, 1), Buffer.alloc(3, 2)]))).toBe(true);
  });

  it('refuses a part below 5 MiB that is not the last', async () => {
    const uploadId = await create();
    const parts = [await upload(uploadId, 1, 5 * MIB - 1), await upload(uploadId, 2, 3)];
    await expect(complete(uploadId, parts)).rejects.toMatchObject({ name: 'EntityTooSmall' });
  });

  it('refuses parts in the wrong order, unknown parts and other ETags', async () => {
    const uploadId = await create();
    const [first, second] = [await upload(uploadId, 1, 5 * MIB), await upload(uploadId, 2, 3)];
    await expect(complete(uploadId, [second, first])).rejects.toMatchObject({
      name: 'InvalidPartOrder',
    });
    await expect(complete(uploadId, [first, { ...second, PartNumber: 3 }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await expect(complete(uploadId, [first, { ...second, ETag: '"0"' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
  });

  it('is gone once aborted', async () => {
    const uploadId = await create();
    await server.client.send(new AbortMultipartUploadCommand({ ...here, UploadId: uploadId }));
    await expect(upload(uploadId, 1, 3)).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(server.s3.bucket(BUCKET).unfinishedUploads).toBe(0);
  });
});

describe('aws-chunked bodies', () => {
  it('are decoded, whatever bytes they hold, without their signatures and trailers', () => {
    const body = Buffer.concat([
      Buffer.from('5;chunk-signature=abc\r\nab\r\nc\r\n'),
      Buffer.from('3\r\n\0\xff\n\r\n', 'latin1'),
      Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'),
    ]);
    expect(decodeAwsChunked(body).toString('latin1')).toBe('ab\r\nc\0\xff\n');
  });

  it.each(['', '5\r\nab', '5\r\nabcde\r\n', 'zz\r\nab\r\n0\r\n\r\n'])(
    'are refused when they break off: %j',
    (body) => {
      expect(() => decodeAwsChunked(Buffer.from(body))).toThrow('terminated unexpectedly');
    },
  );

  it('arrive from an SDK that uploads a stream', async () => {
    async function* chunks() {
      yield Buffer.from('hello ');
      yield Buffer.from('world');
    }
    const { Readable } = await import('node:stream');
    await server.client.send(
      new PutObjectCommand({ ...here, Body: Readable.from(chunks()), ContentLength: 11 }),
    );
    expect(server.requests[0]?.headers['content-encoding']).toBe('aws-chunked');
    expect(server.s3.bucket(BUCKET).get(here.Key).body.toString()).toBe('hello world');
  });
});
