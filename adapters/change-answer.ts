import type { Readable } from 'node:stream';

/** A response as the SDK's HTTP handler gives it to the deserializer. */
export interface WireResponse {
  readonly statusCode: number;
  body: Readable | Buffer;
}

/** The name of the first element, after what XML allows before it. */
const ROOT_ELEMENT = /^(?:\s|<\?[^>]*\?>)*<([^\s/>]*)/;

/**
 * Reads whether the answer to a change is AWS's. It has no content, so the SDK takes anything for
 * it: a proxy's HTML with status 200, or nothing at all, would pass for a removal that was carried
 * out. In the query protocols AWS's own answer is named after the operation.
 *
 * @param response gets its body back, read
 * @throws {Error} without a code of AWS's: whether the change was carried out nobody knows
 */
export async function refuseOthersAnswer(response: WireResponse, operation: string): Promise<void> {
  if (response.statusCode >= 300) return;
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body as Readable) chunks.push(chunk as Uint8Array);
  const body = Buffer.concat(chunks);
  response.body = body;
  if (ROOT_ELEMENT.exec(body.toString('utf8'))?.[1] === `${operation}Response`) return;
  throw new Error(`${operation}: an answer with status ${response.statusCode} that isn't AWS's`);
}
