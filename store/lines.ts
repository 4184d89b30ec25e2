const CHUNK_CHARACTERS = 64 * 1024;

/**
 * The lines of a UTF-8 stream; the last one may lack its newline, and there is no empty line after
 * the last. Only `\n` ends a line: JSON may hold U+2028 and `\r` as they are (AWS tags do), and
 * node:readline would split a finding in two there. It also swallows its input's errors.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * The lines as chunks of UTF-8 to write, each line ended with `\n`.
 *
 * @throws {RangeError} for a line that holds a newline: it would be read as two
 */
export async function* joinLines(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const line of lines) {
    if (line.includes('\n')) throw new RangeError('A line to write holds a newline');
    chunk += `${line}\n`;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
