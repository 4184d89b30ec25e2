import { compare } from '../../../../core/model/order.ts';
import type { Entry } from './entry.ts';

/** By what a table of findings is sorted; a minus in a link means the largest or last first. */
export type SortId = keyof typeof ORDERS;
export interface Sort {
  readonly by: SortId;
  readonly descends: boolean;
}

/** What costs most first. */
export const DEFAULT_SORT: Sort = { by: 'cost', descends: true };

const ORDERS = {
  name: text(({ row }) => row.name.toLowerCase()),
  verdict: text(({ row }) => row.verdict),
  fate: text(({ row }) => row.fate.short),
  account: text(({ row }) => `${row.accountName.toLowerCase()}\n${row.accountId}`),
  region: text(({ row }) => row.region),
  reason: text(({ row }) => row.reasons.join(' ')),
  age: figure(({ row }) => row.ageDays),
  size: figure(({ row }) => row.sizeGiB),
  cost: figure(({ row }) => row.usdUpTo),
};

function text(valueOf: (entry: Entry) => string) {
  return { isFigure: false, valueOf: (entry: Entry) => valueOf(entry) || null, compare };
}

function figure(valueOf: (entry: Entry) => number | null) {
  return { isFigure: true, valueOf, compare: (a: never, b: never) => a - b };
}

/** What has no value comes last, whichever way; what is equal stays as it came. */
export function sorted(entries: readonly Entry[], { by, descends }: Sort): Entry[] {
  const order = ORDERS[by];
  const valued = entries.map((entry) => ({ entry, value: order.valueOf(entry) }));
  const sign = descends ? -1 : 1;
  valued.sort((a, b) => {
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null);
    return sign * order.compare(a.value as never, b.value as never);
  });
  return valued.map(({ entry }) => entry);
}

/** One way, the other way, and as it is without being asked. */
export function nextSort(now: Sort, by: SortId): Sort {
  const first: Sort = { by, descends: ORDERS[by].isFigure };
  if (now.by !== by) return first;
  return now.descends === first.descends ? { by, descends: !first.descends } : DEFAULT_SORT;
}

export function sortInLink(text: string | undefined): Sort | undefined {
  const by = text?.replace(/^-/, '') ?? '';
  if (!Object.hasOwn(ORDERS, by)) return undefined;
  return { by: by as SortId, descends: text?.startsWith('-') === true };
}

/** Undefined: the one that needs no word. */
export function sortToLink({ by, descends }: Sort): string | undefined {
  if (by === DEFAULT_SORT.by && descends === DEFAULT_SORT.descends) return undefined;
  return `${descends ? '-' : ''}${by}`;
}
