import type { ResourceRef } from '../../../../core/model/ids.ts';
import type { VerdictName } from '../../../../core/model/verdict.ts';
import type { Fate } from '../fate.ts';
import { type Cell, inGroups, toCell, toLine } from './cells.ts';

/** What a line of CSV tells of a finding, wherever that is known from. */
export interface FindingInCsv extends Readonly<ResourceRef> {
  readonly verdict: VerdictName;
  readonly reasons: readonly string[];
  /** In sentences. */
  readonly evidence: readonly string[];
  readonly startedAt: string | null;
  readonly ageDays: number | null;
  readonly sizeGiB: number | null;
  /** Its own, and not what it frees. */
  readonly monthlyCostUsdUpTo: number | null;
  readonly tags: Iterable<readonly [key: string, value: string]>;
  readonly accountName: string | null;
  readonly sharesDataIn: string | null;
  readonly freesUsdUpTo: number | null;
  /** By its path, else its id. */
  readonly organizationalUnit: string | null;
}

/** What only somebody knows who has the plan beside the finding. */
export interface FateInCsv {
  /** null: nobody knows, or not yet. */
  readonly fate: Fate | null;
}

/** In their order; those of the finding's own fields come first, under their names. */
const OF_FINDING: Readonly<Record<string, (of: FindingInCsv) => Cell>> = {
  kind: ({ kind }) => kind,
  accountId: ({ accountId }) => inGroups(accountId),
  region: ({ region }) => region,
  resourceId: ({ resourceId }) => resourceId,
  verdict: ({ verdict }) => verdict,
  reasons: ({ reasons }) => reasons.join('; '),
  evidence: ({ evidence }) => evidence.join(' '),
  startedAt: ({ startedAt }) => asSpreadsheetTime(startedAt),
  ageDays: ({ ageDays }) => ageDays,
  sizeGiB: ({ sizeGiB }) => sizeGiB,
  monthlyCostUsdUpTo: ({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo,
  tags: ({ tags }) => Array.from(tags, ([key, value]) => `${key}=${value}`).join('; '),
  accountName: ({ accountName }) => accountName,
  // What names the same shares data: its sizes and costs don't add up.
  sharesDataIn: ({ sharesDataIn }) => sharesDataIn,
  // Of what two free together it is told at both: no sum.
  freesUsdUpTo: ({ freesUsdUpTo }) => freesUsdUpTo,
  organizationalUnit: ({ organizationalUnit }) => organizationalUnit,
};

const OF_FATE: Readonly<Record<string, (of: FateInCsv) => Cell>> = {
  whatHappens: ({ fate }) => fate?.short ?? null,
  // By its codes, which nobody renames.
  heldBecause: ({ fate }) => (fate?.codes[0] === 'HELD' ? fate.codes.slice(1).join('; ') : null),
  unusedSince: ({ fate }) => fate?.since ?? null,
  deletableFrom: ({ fate }) => fate?.from ?? null,
  restorableUntil: ({ fate }) => fate?.until ?? null,
};

const COLUMNS = Object.entries({ ...OF_FINDING, ...OF_FATE });

/** The names of all columns. */
export const HEADING = toLine(COLUMNS.map(([name]) => name));

const CELLS = COLUMNS.map(([, cellOf]) => cellOf);

export function lineOf(of: FindingInCsv & FateInCsv): string {
  return toLine(CELLS.map((cellOf) => toCell(cellOf(of))));
}

/** 2026-11-21 06:00:00, in UTC: spreadsheets take it for a time; with `T` and `Z` for text. */
function asSpreadsheetTime(timestamp: string | null): string | null {
  return timestamp?.slice(0, 19).replace('T', ' ') ?? null;
}
