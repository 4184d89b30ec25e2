import type { NamedPart, SimObject, WriteConditions } from './s3-bucket.ts';
import { ServiceError, type SimRequest, type SimResponse } from '../call/service.ts';
import { element, wrap } from '../protocols/xml.ts';

const XML = { 'content-type': 'application/xml' };
const XMLNS = 'http://s3.amazonaws.com/doc/2006-03-01/';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function xmlAnswer(name: string, inner: string): SimResponse {
  const body = `${DECLARATION}<${name} xmlns="${XMLNS}">${inner}</${name}>`;
  return { status: 200, headers: XML, body };
}

export function empty(status: number, headers: Record<string, string> = {}): SimResponse {
  return { status, headers, body: '' };
}

export function errorDocument(error: ServiceError, requestId: string): SimResponse {
  const inner =
    element('Code', error.code) +
    element('Message', error.message) +
    element('RequestId', requestId);
  return {
    status: error.status,
    headers: { ...XML, 'x-amz-request-id': requestId },
    body: DECLARATION + wrap('Error', inner),
  };
}

export function headersOf(object: SimObject): Record<string, string> {
  return {
    etag: object.etag,
    'content-type': object.contentType,
    // HeadObject has no body to count.
    'content-length': String(object.body.length),
    'last-modified': object.lastModified.toUTCString(),
  };
}

export function conditionsOf({ headers }: SimRequest): WriteConditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

export function contentTypeOf({ headers }: SimRequest): string {
  return headers['content-type'] ?? 'binary/octet-stream';
}

export function uploadIdOf({ query }: SimRequest): string {
  return query.get('uploadId') ?? '';
}

/** @throws {ServiceError} InvalidArgument */
export function partNumberOf({ query }: SimRequest): number {
  const partNumber = Number(query.get('partNumber'));
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= 10_000) return partNumber;
  throw new ServiceError(
    'InvalidArgument',
    'Part number must be an integer between 1 and 10000, inclusive',
  );
}

/** The parts that CompleteMultipartUpload names. @throws {ServiceError} MalformedXML */
export function partsIn({ body }: SimRequest): NamedPart[] {
  const parts = [...body.toString('utf8').matchAll(/<Part>(.*?)<\/Part>/gs)].map(
    ([, part = '']) => ({
      partNumber: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]),
      etag: (/<ETag>(.*?)<\/ETag>/.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
    }),
  );
  if (parts.length > 0) return parts;
  throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed');
}
