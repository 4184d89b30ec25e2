import type { Readable } from 'node:stream';
import { redactSecrets } from './redact-secrets.ts';

/** A request as the SDK's HTTP handler gets it. */
export interface WireRequest {
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A response as the SDK's HTTP handler gives it to the deserializer. */
export interface WireResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The proxy it came through, where that is known. */
  readonly via?: string | undefined;
  body: Readable | Buffer;
}

/** What came, as far as people may be told. */
export interface Came {
  readonly status: number;
  /** Empty: none was named. */
  readonly contentType: string;
  /** Its first words; empty: there was nothing in it. */
  readonly words: string;
  /** The host that it redirects to. */
  readonly redirectsTo?: string | undefined;
  readonly via?: string | undefined;
}

/** The name of the first element, after what XML allows before it. */
const ROOT_ELEMENT = /^(?:\s|<\?[^>]*\?>)*<([^\s/>]*)/;
const MOST_WORDS = 80;
/** Of a page, what a person may read is in its beginning. */
const READ_BYTES = 4096;

/**
 * Reads whether the answer to a request of a query protocol is AWS's. The SDK takes any XML for an
 * answer: a proxy's HTML with status 200, or nothing at all, would pass for a removal that was
 * carried out, or for a listing of nothing. AWS's own answer is named after the operation.
 *
 * @param response gets its body back, read
 * @returns what came instead; undefined: AWS's own answer
 */
export async function readOthersAnswer(
  response: WireResponse,
  operation: string,
): Promise<Came | undefined> {
  if (response.statusCode >= 300) return undefined;
  const body = await readBody(response);
  const beginning = body.toString('utf8', 0, READ_BYTES);
  if (ROOT_ELEMENT.exec(beginning)?.[1] === `${operation}Response`) return undefined;
  return cameWith(response, body);
}

/** @throws {Error} without a code of AWS's, where it isn't: what was asked for may be carried out */
export async function refuseOthersAnswer(response: WireResponse, operation: string): Promise<void> {
  const came = await readOthersAnswer(response, operation);
  if (came === undefined) return;
  throw new Error(`${operation}: an answer with status ${came.status} that isn't AWS's`);
}

/** Of AWS's services only S3 gives pages, as objects. */
export function isPage({ headers = {} }: WireResponse): boolean {
  return /html/.test(headers['content-type'] ?? '');
}

/** What a response says that is no success, whosever it is. Its body is given back, read. */
export async function readCame(response: WireResponse): Promise<Came> {
  return cameWith(response, await readBody(response));
}

async function readBody(response: WireResponse): Promise<Buffer> {
  if (Buffer.isBuffer(response.body)) return response.body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk as Uint8Array);
  const body = Buffer.concat(chunks);
  response.body = body;
  return body;
}

function cameWith({ statusCode, headers = {}, via }: WireResponse, body: Buffer): Came {
  const location = headers['location'];
  return {
    status: statusCode,
    contentType: (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
    words: firstWords(body.toString('utf8', 0, READ_BYTES)),
    ...(location !== undefined && { redirectsTo: hostOf(location) }),
    ...(via !== undefined && { via }),
  };
}

function firstWords(text: string): string {
  const read = text
    .replace(/<(script|style)\b.*?(<\/\1>|$)/gis, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ')
    .trim();
  const words = redactSecrets(read);
  return words.length <= MOST_WORDS ? words : `${words.slice(0, MOST_WORDS - 1)}…`;
}

function hostOf(location: string): string {
  return URL.canParse(location) ? new URL(location).host : 'another place';
}

/** Notes on the response, or on the error that comes instead, through which proxy it went. */
export async function noteVia<R extends { response: object }>(
  via: string,
  send: () => Promise<R>,
): Promise<R> {
  try {
    const result = await send();
    Object.assign(result.response, { via });
    return result;
  } catch (error) {
    if (typeof error === 'object' && error !== null) Object.assign(error, { via });
    throw error;
  }
}
