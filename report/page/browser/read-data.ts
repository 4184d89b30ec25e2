import type { WordsByKind } from '../../../core/words/kind-words.ts';
import type { FindingRow } from '../findings/finding-row.ts';
import { decodeFindings, type FindingsData } from '../findings/findings-data.ts';

/** What the page carries of its findings. @throws where the browser can't inflate */
export async function readFindings(base64: string): Promise<FindingsRead> {
  const compressed = new Blob([bytesOf(base64)]).stream();
  const inflated = compressed.pipeThrough(new DecompressionStream('gzip'));
  const data = (await new Response(inflated).json()) as FindingsData;
  return { rows: decodeFindings(data), words: data.words };
}

export interface FindingsRead {
  readonly rows: readonly FindingRow[];
  readonly words: WordsByKind;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
