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

type TextColumn =
  'verdict' | 'kind' | 'resourceId' | 'accountId' | 'accountName' | 'region' | 'name';
type FigureColumn = 'ageDays' | 'sizeGiB' | 'usdUpTo' | 'freed' | 'tagsLeftOut';
/** `tags`: key, value, key, value. `fate`: what it is called, its words, what AWS said, its codes. */
type ListColumn = 'reasons' | 'tags' | 'words' | 'fate';

/** Takes rows one by one: all of them at once would be many times as large. */
export function encodeFindings(rows: Iterable<FindingRow>, words: WordsByKind): FindingsData {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = places.get(text) ?? places.size;
    if (place === places.size) places.set(text, place);
    return place;
  };
  const columns = {
    ...{ verdict: [], kind: [], resourceId: [], accountId: [], accountName: [], region: [] },
    name: [],
    ...{ ageDays: [], sizeGiB: [], usdUpTo: [], freed: [], tagsLeftOut: [] },
    ...{ reasons: [], tags: [], words: [], fate: [] },
  } as { [C in TextColumn]: number[] } & { [C in FigureColumn]: (number | null)[] } & {
    [C in ListColumn]: number[][];
  };
  for (const row of rows) {
    for (const column of ['verdict', 'kind', 'resourceId', 'accountId', 'accountName'] as const)
      columns[column].push(placeOf(row[column]));
    columns.region.push(placeOf(row.region));
    columns.ageDays.push(row.ageDays);
    columns.sizeGiB.push(row.sizeGiB);
    columns.name.push(placeOf(row.name));
    columns.usdUpTo.push(row.usdUpTo);
    columns.freed.push(row.freed);
    columns.tagsLeftOut.push(row.tagsLeftOut);
    columns.reasons.push(row.reasons.map(placeOf));
    columns.tags.push(row.tags.flat().map(placeOf));
    columns.words.push(row.words.map(placeOf));
    const { short, words, said, codes } = row.fate;
    columns.fate.push([short, words, said, ...codes].map(placeOf));
  }
  return { words, texts: [...places.keys()], columns };
}

export function decodeFindings({ texts, columns }: FindingsData): FindingRow[] {
  const text = (place: number | undefined): string => texts[place ?? -1] ?? '';
  return columns.verdict.map((verdict, i): FindingRow => {
    const listOf = (column: ListColumn) => (columns[column][i] ?? []).map(text);
    const tags = listOf('tags');
    const [short = '', words = '', said = '', ...codes] = listOf('fate');
    return {
      verdict: text(verdict) as FindingRow['verdict'],
      kind: text(columns.kind[i]),
      reasons: listOf('reasons'),
      resourceId: text(columns.resourceId[i]),
      accountId: text(columns.accountId[i]),
      accountName: text(columns.accountName[i]),
      region: text(columns.region[i]),
      ageDays: columns.ageDays[i] ?? null,
      sizeGiB: columns.sizeGiB[i] ?? null,
      usdUpTo: columns.usdUpTo[i] ?? null,
      freed: columns.freed[i] ?? null,
      name: text(columns.name[i]),
      tags: tags.flatMap((key, at) => (at % 2 === 0 ? [[key, tags[at + 1] ?? ''] as const] : [])),
      tagsLeftOut: columns.tagsLeftOut[i] ?? 0,
      words: listOf('words'),
      fate: { short, words, said, codes: codes as FateCode[] },
    };
  });
}
