/** What orgsweep makes of a field that a listing's answer has. */
export interface FieldUse {
  /** VERDICT: it decides. SHOWN: it stands in the finding. NOTHING: it says nothing of need. */
  readonly use: 'VERDICT' | 'SHOWN' | 'NOTHING';
  /** What it decides or shows, or why it says nothing. */
  readonly because: string;
}

/** All fields of what one call lists; the documentation has them from here. */
export interface ListingFields {
  /** An IAM action. */
  readonly operation: string;
  readonly fields: Readonly<Record<string, FieldUse>>;
}

/** An SDK that knows a field more doesn't compile before somebody has said what it means. */
export type FieldsOf<T> = Record<keyof T, FieldUse>;

function fields<K extends string>(of: FieldUse, names: readonly K[]): Record<K, FieldUse> {
  return Object.fromEntries(names.map((name) => [name, of])) as Record<K, FieldUse>;
}

export const decides = <K extends string>(because: string, ...names: K[]) =>
  fields({ use: 'VERDICT', because }, names);

export const isShown = <K extends string>(because: string, ...names: K[]) =>
  fields({ use: 'SHOWN', because }, names);

export const saysNothing = <K extends string>(because: string, ...names: K[]) =>
  fields({ use: 'NOTHING', because }, names);
