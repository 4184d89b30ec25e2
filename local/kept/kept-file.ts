import { z } from 'zod';
import { Timestamp } from '../../core/model/ids.ts';
import { AnySimChange } from '../../simulation/kinds/registry.ts';
import { type DatedChange } from '../../simulation/model/change.ts';
import { parseJson } from '../../store/stored-json.ts';

/** In the folder that `--keep` names: a line that says what was begun, and one for all that followed. */
export const KEPT_FILE = 'organization.jsonl';

/** What an organization was made of; the rest is made up from it again. */
export const KeptHeader = z.strictObject({
  format: z.literal('orgsweep simulated organization'),
  formatVersion: z.literal(1),
  /** The version of orgsweep that began it. */
  orgsweep: z.string().max(100),
  /** One that has a name, or the text of a scenario's file. */
  scenario: z.union([z.strictObject({ name: z.string() }), z.strictObject({ file: z.string() })]),
  /** Everything in it is as old as it is counted from here. */
  bornAt: Timestamp,
  /** What was made up of other kinds than snapshots; left out: nothing. */
  amounts: z.record(z.string(), z.int().min(0)).optional(),
  /** Of what was made up: another version of orgsweep may make up something else. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KeptHeader = z.infer<typeof KeptHeader>;

/** What has happened since, in its order. */
export const KeptLine = z.union([
  z.strictObject({ openedAt: Timestamp }),
  /** Before its clock says a time, there is a line with that time, or a later one. */
  z.strictObject({ clockUpTo: Timestamp }),
  z.strictObject({ at: Timestamp, change: AnySimChange }),
  z.strictObject({ closedAt: Timestamp }),
]);
export type KeptLine = z.infer<typeof KeptLine>;

export interface KeptState {
  readonly header: KeptHeader;
  readonly changes: readonly DatedChange[];
  /** No clock of it has said a later time. */
  readonly reached: Date;
  readonly openings: number;
  /** In bytes, up to the end of the last whole line. */
  readonly length: number;
}

/** Why a text isn't a kept organization, in words. */
export type NotKept = { readonly problem: 'UNREADABLE' | 'OTHER_VERSION'; readonly why: string };

/**
 * Reads what is kept. A last line without an end was being written when the process or the machine
 * stopped: nobody was told of it, and it counts as not done.
 */
export function readKept(text: string): KeptState | NotKept {
  const end = text.lastIndexOf('\n') + 1;
  const [first = '', ...lines] = text.slice(0, end).split('\n').slice(0, -1);
  const header = readHeader(first);
  if ('problem' in header) return header;
  const changes: DatedChange[] = [];
  let reached = new Date(header.bornAt);
  let openings = 0;
  for (const [index, line] of lines.entries()) {
    const { data } = KeptLine.safeParse(parseJson(line));
    if (data === undefined) return { problem: 'UNREADABLE', why: `line ${index + 2}` };
    if ('openedAt' in data) openings += 1;
    if ('change' in data) changes.push({ at: new Date(data.at), change: data.change });
    reached = reachedAfter(data, reached);
  }
  return { header, changes, reached, openings, length: Buffer.byteLength(text.slice(0, end)) };
}

function readHeader(line: string): KeptHeader | NotKept {
  const { data } = KeptHeader.safeParse(parseJson(line));
  if (data !== undefined) return data;
  const Other = z.looseObject({ format: KeptHeader.shape.format, orgsweep: z.string() });
  const other = Other.safeParse(parseJson(line)).data;
  return other === undefined
    ? { problem: 'UNREADABLE', why: 'line 1' }
    : { problem: 'OTHER_VERSION', why: other.orgsweep };
}

/** An end in good order says exactly when it was; before, times were only set aside. */
function reachedAfter(line: KeptLine, before: Date): Date {
  if ('closedAt' in line) return new Date(line.closedAt);
  if ('change' in line) return before;
  const at = new Date('openedAt' in line ? line.openedAt : line.clockUpTo);
  return at > before ? at : before;
}
