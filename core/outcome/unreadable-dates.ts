import { z } from 'zod';
import { compare } from '../model/order.ts';
import type { Finding } from '../model/verdict.ts';
import { TargetRef } from '../model/target.ts';

const EXAMPLES_OF_A_TARGET = 3;
const EXAMPLES_OF_ALL = 5;

const resources = z.int().min(0);
const Example = z.strictObject({ resourceId: z.string(), value: z.string() });

/** Of one target: what its keep-until tag protects for good, as nobody can read its date. */
export const UnreadableDates = z.strictObject({ resources, examples: z.array(Example) });
export type UnreadableDates = z.infer<typeof UnreadableDates>;

/** The same of all targets. */
export const UnreadableDatesOfAll = z.strictObject({
  resources,
  examples: z.array(Example.extend(TargetRef.shape)),
});
export type UnreadableDatesOfAll = z.infer<typeof UnreadableDatesOfAll>;

export const NO_UNREADABLE_DATES: UnreadableDatesOfAll = { resources: 0, examples: [] };

/** Counts them in one target, one by one: there may be a million. */
export class UnreadableDatesCount {
  #resources = 0;
  #examples: UnreadableDates['examples'] = [];

  add({ resourceId, evidence }: Pick<Finding, 'resourceId' | 'evidence'>): void {
    const tag = evidence.protection?.find(({ until }) => until === null);
    if (tag === undefined) return;
    this.#resources += 1;
    // The same ones, in whatever order a listing comes.
    this.#examples = [...this.#examples, { resourceId, value: tag.value }]
      .toSorted((a, b) => compare(a.resourceId, b.resourceId))
      .slice(0, EXAMPLES_OF_A_TARGET);
  }

  /** undefined: there are none. */
  get total(): UnreadableDates | undefined {
    return this.#resources === 0
      ? undefined
      : { resources: this.#resources, examples: this.#examples };
  }
}

interface OfTarget {
  readonly accountId: string;
  readonly region: string | null;
  readonly unreadableDates?: UnreadableDates | undefined;
}

export function unreadableDatesOfAll(targets: readonly OfTarget[]): UnreadableDatesOfAll {
  const examples = targets.flatMap(({ accountId, region, unreadableDates }) =>
    region === null
      ? []
      : (unreadableDates?.examples ?? []).map((one) => ({ ...one, accountId, region })),
  );
  const place = (one: (typeof examples)[number]) =>
    [one.accountId, one.region, one.resourceId].join('/');
  return {
    resources: targets.reduce((sum, { unreadableDates: of }) => sum + (of?.resources ?? 0), 0),
    examples: examples.toSorted((a, b) => compare(place(a), place(b))).slice(0, EXAMPLES_OF_ALL),
  };
}
