/** The lines of a message without those that are there to be copied, and stay whole. */
export function toRead(body: string): string[] {
  const [before = '', ...after] = body.split('\nFULL REPORT\n');
  const [, ...end] = after.join('').split('\n\nWHAT TO DO NEXT\n');
  return [...before.split('\n'), ...end.join('').split('\n')].filter(
    (line) => !/^ {4,7}(orgsweep |--|aws s3 |\{"scope":|[^ ]*accepted\.json$)/.test(line),
  );
}
