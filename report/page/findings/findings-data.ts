import type { WordsByKind } from '../../../core/words/kind-words.ts';
import type { FateCode } from './fate-words.ts';
import type { FindingRow } from './finding-row.ts';

/**
 * Findings by column, as they travel within the page. Every text is in `texts` once, and a column
 * has its place there: of 50,000 findings most say what others say too.
 */
export interface FindingsData {
  /** Of the kinds that the findings are of. */
  readonly words: WordsByKind;
  readonly texts: readonly string[];
  readonly columns: {
    readonly [C in TextColumn]: readonly number[];
  } & {
    readonly [C in FigureColumn]: readonly (number | null)[];
  } & {
    readonly [C in ListColumn]: readonly (readonly number[])[];
  };
}

const TEXT_COLUMNS = [
  ...(['verdict', 'kind', 'resourceId', 'accountId', 'accountName', 'unitId', 'unitPath'] as const),
  ...(['region', 'name', 'sharesWith'] as const),
] as const;
const FIGURE_COLUMNS = [
  ...(['startedAtSeconds', 'ageDays', 'sizeGiB', 'usdUpTo', 'freed', 'tagsLeftOut'] as const),
] as const;
const LIST_COLUMNS = ['reasons', 'tags', 'words', 'fate'] as const;

type TextColumn = (typeof TEXT_COLUMNS)[number];
type FigureColumn = (typeof FIGURE_COLUMNS)[number];
/** `tags`: key, value, key, value. `fate`: what it is called, its words, what AWS said, its days, its codes. */
type ListColumn = (typeof LIST_COLUMNS)[number];

/** Takes rows one by one: all of them at once would be many times as large. */
export function encodeFindings(rows: Iterable<FindingRow>, words: WordsByKind): FindingsData {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = places.get(text) ?? places.size;
    if (place === places.size) places.set(text, place);
    return place;
  };
  const columns = emptyColumns();
  for (const row of rows) {
    for (const column of TEXT_COLUMNS) columns[column].push(placeOf(row[column]));
    for (const column of FIGURE_COLUMNS) columns[column].push(row[column]);
    columns.reasons.push(row.reasons.map(placeOf));
    columns.tags.push(row.tags.flat().map(placeOf));
    columns.words.push(row.words.map(placeOf));
    const { short, words, said, from, since, until, codes } = row.fate;
    columns.fate.push([short, words, said, from, since, until, ...codes].map(placeOf));
  }
  return { words, texts: [...places.keys()], columns };
}

function emptyColumns() {
  const all = [...TEXT_COLUMNS, ...FIGURE_COLUMNS, ...LIST_COLUMNS];
  return Object.fromEntries(all.map((column) => [column, []])) as unknown as {
    [C in TextColumn]: number[];
  } & { [C in FigureColumn]: (number | null)[] } & { [C in ListColumn]: number[][] };
}

export function decodeFindings({ texts, columns }: FindingsData): FindingRow[] {
  const text = (place: number | undefined): string => texts[place ?? -1] ?? '';
  return columns.verdict.map((verdict, i): FindingRow => {
    const listOf = (column: ListColumn) => (columns[column][i] ?? []).map(text);
    const tags = listOf('tags');
    const [short = '', words = '', said = '', from = '', since = '', until = '', ...codes] =
      listOf('fate');
    return {
      verdict: text(verdict) as FindingRow['verdict'],
      kind: text(columns.kind[i]),
      reasons: listOf('reasons'),
      resourceId: text(columns.resourceId[i]),
      accountId: text(columns.accountId[i]),
      accountName: text(columns.accountName[i]),
      unitId: text(columns.unitId[i]),
      unitPath: text(columns.unitPath[i]),
      region: text(columns.region[i]),
      startedAtSeconds: columns.startedAtSeconds[i] ?? null,
      ageDays: columns.ageDays[i] ?? null,
      sizeGiB: columns.sizeGiB[i] ?? null,
      usdUpTo: columns.usdUpTo[i] ?? null,
      freed: columns.freed[i] ?? null,
      name: text(columns.name[i]),
      sharesWith: text(columns.sharesWith[i]),
      tags: tags.flatMap((key, at) => (at % 2 === 0 ? [[key, tags[at + 1] ?? ''] as const] : [])),
      tagsLeftOut: columns.tagsLeftOut[i] ?? 0,
      words: listOf('words'),
      fate: { short, words, said, from, since, until, codes: codes as FateCode[] },
    };
  });
}
