import { createHash } from 'node:crypto';

/**
 * Where a listing goes on, as an opaque NextToken. It is good for the listing it was given in
 * only: `listing` is everything that tells one from another (caller, Region, operation, filters).
 */
export function makePageToken(from: number, listing: string): string {
  return Buffer.from(`${from}.${checksum(from, listing)}`).toString('base64url');
}

/** The position in the token, or undefined when it isn't one of this listing. */
export function readPageToken(token: string, listing: string): number | undefined {
  const [from, sum] = Buffer.from(token, 'base64url').toString('utf8').split('.');
  const position = Number(from);
  return Number.isSafeInteger(position) && sum === checksum(position, listing)
    ? position
    : undefined;
}

function checksum(from: number, listing: string): string {
  return createHash('sha256').update(`${from}\n${listing}`).digest('hex').slice(0, 32);
}
