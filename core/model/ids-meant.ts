/**
 * The account id that somebody meant who copied it from a spreadsheet, a console or findings.csv:
 * `2222-2222-2222`, `="222222222222"`, `'222222222222`, with blanks around.
 *
 * @returns undefined where nobody can tell
 */
export function accountIdMeant(text: string): string | undefined {
  const bare = withoutDress(text).replace(/^(\d{4})[- ](\d{4})[- ](\d{4})$/, '$1$2$3');
  return /^\d{12}$/.test(bare) ? bare : undefined;
}

/** What is accepted for an account id, and what this one may have been before a program changed it. */
export function acceptedAccountId(given: unknown): string {
  const text = typeof given === 'string' ? given : '';
  const meant = accountIdMeant(text);
  if (meant !== undefined) return `accepted: 12 digits, as in "${meant}"`;
  const bare = withoutDress(text);
  if (/^\d{9,11}$/.test(bare))
    return `accepted: 12 digits; a spreadsheet drops zeros in front: "${bare.padStart(12, '0')}" if it was that`;
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(bare))
    return 'accepted: 12 digits; a spreadsheet has taken it for a number and lost some';
  return 'accepted: 12 digits';
}

/** The resource id in an ARN or in capitals, or with blanks around: EC2's ids are in lower case. */
export function resourceIdMeant(text: string): string {
  const bare = withoutDress(text);
  const id = /^arn:[\w-]+:[\w-]+:[\w-]*:\d*:[\w-]+\/([\w-]+)$/i.exec(bare)?.[1] ?? bare;
  return /^[a-z]+-[0-9a-f]{8,17}$/i.test(id) ? id.toLowerCase() : id;
}

/** Spreadsheets keep text from becoming a number by these. */
function withoutDress(text: string): string {
  const bare = text.trim();
  return (/^="(.*)"$/.exec(bare)?.[1] ?? bare).replace(/^'|^"(.*)"$/, '$1').trim();
}
