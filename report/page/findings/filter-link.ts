import {
  type FindingFilter,
  LEAST_KEYS,
  type LeastKey,
  VALUE_KEYS,
  type ValueKey,
} from '../../findings/finding-filter.ts';

const BEGINS = '#findings?';
/** Of a figure: more would be written with an exponent. */
const DECIMALS = 6;
const MOST = 999_999_999_999;

/** A filter as it is easily written: one value needs no list. */
export type FilterToLink = {
  readonly [K in ValueKey]?: string | readonly string[];
} & {
  readonly [K in LeastKey]?: number;
};

/** How a selection is shown. */
export interface ViewInLink {
  /** A column's id, with a minus in front: the largest or last first. */
  readonly sort?: string;
  /** So many rows on a page. */
  readonly rows?: number;
}

export interface FilterInLink {
  readonly filter: FindingFilter;
  readonly view: ViewInLink;
  /** What of the link means nothing here: `key=value`. */
  readonly ignored: readonly string[];
}

/**
 * A link within the page to the findings that a filter lets through, such as
 * `#findings?account=111122223333`. Its script reads it; there is no other state.
 */
export function findingsLink(filter: FilterToLink, { sort, rows }: ViewInLink = {}): string {
  const said = new URLSearchParams();
  for (const key of VALUE_KEYS) for (const value of listOf(filter[key])) said.append(key, value);
  for (const key of LEAST_KEYS)
    if (filter[key] !== undefined) said.set(key, String(figureInLink(filter[key])));
  if (sort !== undefined) said.set('sort', sort);
  if (rows !== undefined) said.set('rows', String(rows));
  const text = said.toString();
  return text === '' ? '#findings' : `${BEGINS}${text}`;
}

/** What a link asks for; null: it is about something else. */
export function filterInLink(hash: string): FilterInLink | null {
  if (hash === '#findings') return { filter: {}, view: {}, ignored: [] };
  if (!hash.startsWith(BEGINS)) return null;
  const values = new Map<ValueKey, Set<string>>();
  const least = new Map<LeastKey, number>();
  const view: { sort?: string; rows?: number } = {};
  const ignored: string[] = [];
  for (const [key, value] of new URLSearchParams(hash.slice(BEGINS.length))) {
    if (value.trim() === '') ignored.push(`${key}=${value}`);
    else if (isValueKey(key)) values.set(key, (values.get(key) ?? new Set()).add(value));
    // Of two either is enough, so the lower one is.
    else if (isLeastKey(key) && isFigure(value))
      least.set(key, Math.min(least.get(key) ?? Infinity, Number(value)));
    else if (key === 'sort') view.sort = value;
    else if (key === 'rows' && /^[1-9]\d{0,3}$/.test(value)) view.rows = Number(value);
    else ignored.push(`${key}=${value}`);
  }
  const lists = [...values].map(([key, of]) => [key, [...of]] as const);
  return { filter: Object.fromEntries([...lists, ...least]), view, ignored };
}

function isValueKey(key: string): key is ValueKey {
  return (VALUE_KEYS as readonly string[]).includes(key);
}

function isLeastKey(key: string): key is LeastKey {
  return (LEAST_KEYS as readonly string[]).includes(key);
}

/** The nearest figure that a link may have. */
export function figureInLink(value: number): number {
  return Number(Math.min(Math.max(value, 0), MOST).toFixed(DECIMALS));
}

function isFigure(value: string): boolean {
  return /^\d{1,12}(\.\d{1,6})?$/.test(value);
}

function listOf(value: string | readonly string[] = []): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
