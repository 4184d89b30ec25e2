/** The lines of a message without those that are there to be copied, and stay whole. */
export function toRead(body: string): string[] {
  const [before = ''] = body.split(/\nFULL REPORT[^\n]*\n/);
  return before.split('\n').filter((line) => !/^ {7}\S/.test(line));
}

/** What stands there to be copied. */
export function toCopy(body: string): string[] {
  const [before = ''] = body.split(/\nFULL REPORT[^\n]*\n/);
  return before.split('\n').flatMap((line) => /^ {7}(\S.*)$/.exec(line)?.[1] ?? []);
}
