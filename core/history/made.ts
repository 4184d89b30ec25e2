import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import {
  ExecutionId,
  keyInTarget,
  resourceOf,
  type ResourceInTarget,
  StepName,
  Timestamp,
} from '../model/ids.ts';
import { LEDGERS_KEPT_DAYS } from './history-entry.ts';

/** What a step of a removal made, by orgsweep's own record: of what, when, and where that is sealed. */
export const Made = z.strictObject({
  /** The `keyInTarget` of what the step was taken with. */
  of: z.string().min(1),
  step: StepName,
  at: Timestamp,
  executionId: ExecutionId,
  /** Where orgsweep itself removed it afterwards; absent: others did, or it is there. */
  removed: z.strictObject({ at: Timestamp, executionId: ExecutionId }).optional(),
});
export type Made = Readonly<z.infer<typeof Made>>;

/** By the id of what was made. */
export type MadeById = ReadonlyMap<string, Made>;

export const NOTHING_MADE: MadeById = new Map();

/** Of one target. What comes when there are as many isn't noted, and stays until a person removes it. */
const MOST_MADE = 10_000;

interface Known {
  readonly made?: Readonly<Record<string, Made>> | undefined;
}

/** What is known after these steps. An invocation notes all that its execution did, again and again. */
export function withMade(
  { made = {} }: Known,
  done: readonly (ResourceInTarget & Pick<Made, 'step' | 'at'> & { readonly made: string })[],
  executionId: string,
): { made?: Record<string, Made> } {
  const known = new Map(Object.entries(made));
  for (const { made: id, step, at, ...resource } of done)
    if (known.has(id) || known.size < MOST_MADE)
      known.set(id, { of: keyInTarget(resource), step, at, executionId });
  return known.size === 0 ? {} : { made: Object.fromEntries(known) };
}

/** What is known after orgsweep removed these, of which something was made. */
export function withOriginsRemoved(
  { made }: Known,
  removed: readonly (ResourceInTarget & Pick<Made, 'at'>)[],
  executionId: string,
): { made?: Record<string, Made> } {
  if (made === undefined) return {};
  const at = new Map(removed.map((one) => [keyInTarget(one), one.at]));
  const known = Object.entries(made).map(([id, record]): [string, Made] => {
    const goneAt = at.get(record.of);
    const isAfter = goneAt !== undefined && Date.parse(goneAt) > Date.parse(record.at);
    return [id, isAfter ? { ...record, removed: { at: goneAt, executionId } } : record];
  });
  return { made: Object.fromEntries(known) };
}

/** What came back isn't removed any more: whoever deletes it then, it isn't orgsweep. */
function unlessBack(
  record: Made,
  { listed, from }: { listed: ReadonlySet<string>; from: Date },
): Made {
  const { removed, ...rest } = record;
  const isBack = removed && listed.has(record.of) && Date.parse(removed.at) < from.getTime();
  return isBack ? rest : record;
}

/**
 * What is known after a look. What is gone needs no record, nor does what no ledger proves any more.
 *
 * @param seen.kinds those that were seen to their end, and of which kinds steps make such
 * @param seen.listed what was seen to be there, as `keyInTarget`s
 * @param seen.from when the look began
 */
export function madeAfter(
  { made = {} }: Known,
  seen: {
    readonly kinds: Iterable<{ readonly kind: string; readonly madeBy?: readonly string[] }>;
    readonly listed: ReadonlySet<string>;
    readonly from: Date;
    readonly now: Date;
  },
): { made?: Record<string, Made> } {
  const kinds = [...seen.kinds];
  const left = Object.entries(made).filter(([id, { of, at }]) => {
    if (Date.parse(at) < seen.now.getTime() - LEDGERS_KEPT_DAYS * DAY_MS) return false;
    // Made after the look had begun: that says nothing of it.
    if (Date.parse(at) >= seen.from.getTime()) return true;
    const by = resourceOf(of).kind;
    const own = kinds.filter(({ madeBy }) => madeBy?.includes(by) === true);
    return own.every(({ kind }) => seen.listed.has(keyInTarget({ kind, resourceId: id })));
  });
  if (left.length === 0) return {};
  return { made: Object.fromEntries(left.map(([id, one]) => [id, unlessBack(one, seen)])) };
}
