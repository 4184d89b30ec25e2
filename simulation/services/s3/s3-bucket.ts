import { createHash } from 'node:crypto';
import { ServiceError } from '../call/service.ts';

/** Of every part but the last. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

export interface SimObject {
  readonly body: Buffer;
  /** With its quotes, as it is on the wire. */
  readonly etag: string;
  readonly contentType: string;
  readonly lastModified: Date;
}

export interface WriteConditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface NamedPart {
  readonly partNumber: number;
  readonly etag: string;
}

interface MultipartUpload {
  readonly key: string;
  readonly contentType: string;
  readonly parts: Map<number, { readonly body: Buffer; readonly etag: string }>;
}

/** The objects and unfinished uploads of one bucket, in memory. */
export class SimBucket {
  readonly #objects = new Map<string, SimObject>();
  readonly #uploads = new Map<string, MultipartUpload>();
  #uploadsBegun = 0;

  /** @throws {ServiceError} NoSuchKey */
  get(key: string): SimObject {
    const found = this.#objects.get(key);
    if (found !== undefined) return found;
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  }

  put(key: string, object: Omit<SimObject, 'etag'>, conditions: WriteConditions): SimObject {
    this.#check(key, conditions);
    const stored = { ...object, etag: quotedMd5(object.body) };
    this.#objects.set(key, stored);
    return stored;
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  /** Keys in the order of their UTF-8 bytes, as ListObjectsV2 gives them. */
  keys(prefix: string, after: string): string[] {
    const from = Buffer.from(after);
    return [...this.#objects.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => Buffer.from(key))
      .filter((key) => Buffer.compare(key, from) > 0)
      .sort((a, b) => Buffer.compare(a, b))
      .map((key) => key.toString());
  }

  get unfinishedUploads(): number {
    return this.#uploads.size;
  }

  createUpload(key: string, contentType: string): string {
    this.#uploadsBegun += 1;
    const uploadId = `upload-${String(this.#uploadsBegun).padStart(8, '0')}`;
    this.#uploads.set(uploadId, { key, contentType, parts: new Map() });
    return uploadId;
  }

  putPart(key: string, uploadId: string, partNumber: number, body: Buffer): string {
    const etag = quotedMd5(body);
    this.#upload(key, uploadId).parts.set(partNumber, { body, etag });
    return etag;
  }

  completeUpload(
    key: string,
    uploadId: string,
    named: readonly NamedPart[],
    { lastModified, conditions }: { lastModified: Date; conditions: WriteConditions },
  ): SimObject {
    const upload = this.#upload(key, uploadId);
    const parts = named.map((name, index) => partOf(upload, name, named[index - 1]));
    if (parts.slice(0, -1).some(({ body }) => body.length < MIN_PART_BYTES)) {
      throw new ServiceError(
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
      );
    }
    this.#check(key, conditions);
    const md5s = Buffer.concat(parts.map(({ body }) => md5(body)));
    const object = {
      body: Buffer.concat(parts.map(({ body }) => body)),
      etag: `"${md5(md5s).toString('hex')}-${parts.length}"`,
      contentType: upload.contentType,
      lastModified,
    };
    this.#objects.set(key, object);
    this.#uploads.delete(uploadId);
    return object;
  }

  abortUpload(key: string, uploadId: string): void {
    this.#upload(key, uploadId);
    this.#uploads.delete(uploadId);
  }

  #upload(key: string, uploadId: string): MultipartUpload {
    const upload = this.#uploads.get(uploadId);
    if (upload?.key === key) return upload;
    throw new ServiceError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    );
  }

  /** S3 has If-None-Match for `*` only, and says NoSuchKey where If-Match finds no object. */
  #check(key: string, { ifMatch, ifNoneMatch }: WriteConditions): void {
    if (ifNoneMatch !== undefined && (ifNoneMatch !== '*' || ifMatch !== undefined)) {
      throw new ServiceError(
        'NotImplemented',
        'A header you provided implies functionality that is not implemented',
        501,
      );
    }
    const failed =
      (ifNoneMatch !== undefined && this.#objects.has(key)) ||
      (ifMatch !== undefined && unquoted(this.get(key).etag) !== unquoted(ifMatch));
    if (!failed) return;
    throw new ServiceError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  }
}

function partOf(upload: MultipartUpload, name: NamedPart, before: NamedPart | undefined) {
  if (before !== undefined && name.partNumber <= before.partNumber) {
    throw new ServiceError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  }
  const part = upload.parts.get(name.partNumber);
  if (part !== undefined && unquoted(part.etag) === unquoted(name.etag)) return part;
  throw new ServiceError(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );
}

function md5(body: Buffer): Buffer {
  return createHash('md5').update(body).digest();
}

function quotedMd5(body: Buffer): string {
  return `"${md5(body).toString('hex')}"`;
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}
