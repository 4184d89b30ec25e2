import { createHash, createHmac } from 'node:crypto';
import { ServiceError, type SimRequest } from '../call/service.ts';

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8}\/[^/]+\/[^/]+\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks a request's signature (Signature Version 4) as AWS does: over its method, path, body and
 * the headers that it names as signed.
 *
 * @throws {ServiceError} SignatureDoesNotMatch
 */
export function refuseForgedSignature(request: SimRequest, secretAccessKey: string): void {
  const { method, path, headers, body } = request;
  const [, scope = '', names = '', signature] =
    AUTHORIZATION.exec(headers['authorization'] ?? '') ?? [];
  const canonicalHeaders = names
    .split(';')
    .map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const canonical = [
    method,
    path,
    [...request.query]
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .toSorted()
      .join('&'),
    canonicalHeaders.join(''),
    names,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'] ?? '', scope, sha256(canonical)];
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  if (hmac(key, toSign.join('\n')).toString('hex') === signature) return;
  throw new ServiceError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    403,
  );
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
