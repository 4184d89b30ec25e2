import type { Summary } from '../../../../core/summary/summary.ts';
import { wordsIn } from '../../../../core/words/words-in.ts';
import { capitalized } from '../../../format/layout.ts';
import { formatSize, formatUsdUpTo } from '../../../format/money.ts';
import { nounOfKinds } from '../../../format/noun.ts';
import { isPriced, unpricedInWords } from '../../../words/worth-words.ts';
import { type FilterToLink, findingsLink } from '../../findings/filter-link.ts';
import type { Chart } from '../../markup/chart.ts';
import { barTable } from './bar-table.ts';
import { otherParts, type Part, worthTable } from './worth-rows.ts';

const NAMED = 12;
/** More than any organization works in, as a rule. */
const NAMED_REGIONS = 20;

export function worthByAccount(summary: Summary): Chart | null {
  const parts = Object.entries(summary.byAccount).map(([id, share]) =>
    partOf(share.accountName, id, { link: linkTo({ account: id }), share }),
  );
  return chartOf(parts, {
    ...{ id: 'by-account', noun: ['account', 'accounts'], most: NAMED },
    description: inAll(summary),
  });
}

/** Of the accounts directly in each unit. */
export function worthByUnit(summary: Summary): Chart | null {
  const parts = Object.entries(summary.byOrganizationalUnit).map(([id, share]) => ({
    ...unitNames(share.name, id),
    ...{ link: linkTo({ unit: id }), share },
  }));
  return chartOf(parts, {
    ...{ id: 'by-organizational-unit', most: NAMED },
    noun: ['organizational unit', 'organizational units'],
    description: 'Without the accounts of nested units.',
  });
}

export function worthByRegion(summary: Summary): Chart | null {
  const parts = Object.entries(summary.byRegion).map(([region, share]) => ({
    ...{ name: region, link: linkTo({ region }), share },
  }));
  return chartOf(parts, {
    ...{ id: 'by-region', noun: ['Region', 'Regions'], most: NAMED_REGIONS, description: null },
  });
}

/** null: there is one kind alone. */
export function worthByKind(summary: Summary): Chart | null {
  const words = wordsIn(summary);
  const parts = Object.entries(summary.byKind).map(([kind, share]) => ({
    name: capitalized(nounOfKinds([kind], words).many),
    ...{ link: linkTo({ kind }), share },
  }));
  if (parts.length < 2) return null;
  return chartOf(parts, {
    ...{ id: 'by-kind', noun: ['kind', 'kinds'], most: NAMED, description: null },
  });
}

/** To what a bar counts, which is what is unused. */
function linkTo(of: FilterToLink): string {
  return findingsLink({ ...of, verdict: 'STALE' });
}

function chartOf(
  parts: readonly Part[],
  of: Pick<Chart, 'id' | 'description'> & {
    readonly noun: readonly [one: string, many: string];
    readonly most: number;
  },
): Chart | null {
  const table = worthTable(parts, of.noun[0], of.most, otherParts(...of.noun));
  if (table === null) return null;
  const title = `Unused, by ${of.noun[0]}`;
  const body = barTable(title, table.columns, table.groups);
  return { id: of.id, title, description: of.description, body };
}

function inAll({ counts }: Summary): string {
  const usd = counts.staleMonthlyCostUsdUpTo;
  if (usd === 0) return `${sizeInAll(counts.staleGiB)}No price is known for it.`;
  const all = `In all up to ${formatUsdUpTo(usd)} a month`;
  if (isPriced(counts)) return `${all}.`;
  return `${all}, plus ${unpricedInWords(counts)} with no known price.`;
}

/** What has no size is told as none, not as 0. */
function sizeInAll(sizeGiB: number): string {
  return sizeGiB === 0 ? '' : `In all ${formatSize(sizeGiB)}. `;
}

function partOf(name: string | null, id: string, rest: Omit<Part, 'name' | 'more'>): Part {
  return name === null || name === '' ? { name: id, ...rest } : { name, more: id, ...rest };
}

const BETWEEN_UNITS = ' / ';

/** The last part of a path is what tells it from others; where it lies is below it. */
function unitNames(path: string | null, id: string): Pick<Part, 'name' | 'more'> {
  if (path === null) return { name: id.startsWith('r-') ? `the root, ${id}` : id };
  const at = path.lastIndexOf(BETWEEN_UNITS);
  return at === -1
    ? { name: path }
    : { name: path.slice(at + BETWEEN_UNITS.length), more: path.slice(0, at) };
}
