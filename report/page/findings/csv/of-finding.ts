import type { Finding } from '../../../../core/model/verdict.ts';
import { usdOfFreed } from '../../../../core/prices/worth-of-finding.ts';
import type { Unit } from '../finding-row.ts';
import { BYTE_ORDER_MARK } from './cells.ts';
import { type FateInCsv, HEADING, lineOf } from './columns.ts';

/** What a line tells besides the finding itself. */
export interface BesideFinding extends FateInCsv {
  readonly accountName: string | undefined;
  /** The one that its account is directly in; left out: not known, or there is none. */
  readonly unit?: Unit | undefined;
  /** The finding as sentences. */
  readonly inWords: readonly string[];
}

/** The beginning of `findings.csv`. As every line here it ends with the CR of RFC 4180's CRLF. */
export const CSV_HEADER = `${BYTE_ORDER_MARK}${HEADING}`;

/** One line of `findings.csv`, without the LF that whoever writes the lines puts after each. */
export function csvLine(
  finding: Finding,
  { accountName, unit, inWords, fate }: BesideFinding,
): string {
  const { evidence, frees, tags } = finding;
  return lineOf({
    ...{ ...finding, evidence: inWords, tags: Object.entries(tags) },
    accountName: accountName ?? null,
    sharesDataIn: evidence.billing?.sharesWith ?? null,
    freesUsdUpTo: frees === undefined ? null : usdOfFreed(frees),
    organizationalUnit: (unit?.path || unit?.id) ?? null,
    fate,
  });
}
