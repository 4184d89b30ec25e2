import { ServiceError } from '../call/service.ts';

const NEWLINE = Buffer.from('\r\n');

/**
 * The content of a body that is `aws-chunked` (`<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, a
 * chunk of size 0, then trailers such as a checksum). SDKs send one where a stream is uploaded, or
 * where a checksum is only known at the end. Signatures and trailers aren't checked.
 *
 * @throws {ServiceError} IncompleteBody when the last chunk isn't there
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf(NEWLINE, at);
    const header = body.toString('latin1', at, Math.max(at, lineEnd)).split(';', 1)[0] ?? '';
    const start = lineEnd + NEWLINE.length;
    const size = /^[0-9a-fA-F]+$/.test(header) ? parseInt(header, 16) : NaN;
    if (lineEnd < 0 || !(start + size <= body.length)) {
      throw new ServiceError(
        'IncompleteBody',
        'The request body terminated unexpectedly: an aws-chunked body ends with a chunk of size 0',
      );
    }
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(start, start + size));
    at = start + size + NEWLINE.length;
  }
}
