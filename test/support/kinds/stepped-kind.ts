import { z } from 'zod';
import { ageDaysAt } from '../../../core/model/age.ts';
import { defineKind, type Kind, type KindSpec } from '../../../kinds/kind.ts';
import type { Removal, Step } from '../../../kinds/removal.ts';

/** Something that is removed in three steps, as a volume or an image is. */
const Stepped = z.strictObject({
  id: z.string(),
  parent: z.string(),
  state: z.enum(['ACTIVE', 'COPIED', 'ARCHIVED']),
  /** When it came into this state, by its own clock. */
  since: z.string(),
  isUsed: z.boolean(),
});
export type Stepped = z.infer<typeof Stepped>;

/** All there is of it, in the one account and Region, and what was asked of it. */
export class SteppedWorld {
  readonly things = new Map<string, Stepped>();
  readonly copies = new Map<string, string>();
  readonly tags = new Map<string, string>();
  readonly requests: string[] = [];

  add(id: string, given: Partial<Stepped> = {}): void {
    const since = OLD;
    this.things.set(id, { id, parent: 'p', state: 'ACTIVE', since, isUsed: false, ...given });
  }

  change(id: string, given: Partial<Stepped>): void {
    this.add(id, { ...this.things.get(id), ...given });
  }
}

export const STEPPED = 'stepped';
const OLD = '2019-01-01T00:00:00.000Z';

/**
 * A kind that isn't of AWS, removed in three steps: a copy is made, seven days later it is archived,
 * thirty days later deleted. It has no tags, so nothing of it can be marked.
 */
export function steppedKind(
  world: SteppedWorld,
  now: () => Date,
  given: {
    readonly kind?: Partial<KindSpec<Stepped>>;
    readonly removal?: Partial<Removal<Stepped>>;
    /** By the name of a step. */
    readonly steps?: Readonly<Record<string, Partial<Step<Stepped>>>>;
  } = {},
): Kind {
  const discovery = (resources: readonly Stepped[]) => ({
    ...{ resources: structuredClone(resources), incomplete: [], counts: {}, foreignReferences: [] },
  });
  const go = (state: Stepped['state'], id: string) =>
    world.change(id, { state, since: now().toISOString() });
  const fence = { by: 'NOTHING', says: 'Nothing keeps a role from it.' } as const;
  const step = (name: string, rest: Omit<Step<Stepped>, 'name' | 'fence'>): Step<Stepped> => ({
    ...{ name, fence },
    ...rest,
    ...given.steps?.[name],
  });
  const none = [{ way: 'NONE', says: 'Nothing brings it back.' }] as const;
  return defineKind<Stepped>({
    kind: STEPPED,
    reach: 'regional',
    facts: Stepped,
    iam: { discover: [], remove: [], restore: [] },
    discover: async () => discovery([...world.things.values()]),
    assess: ({ isUsed }) =>
      isUsed
        ? { verdict: 'KEEP', reasons: ['IN_USE'] }
        : { verdict: 'STALE', reasons: ['MADE_UP_UNUSED'] },
    describe: ({ id }, { now: at }) => ({
      ...{ resourceId: id, startedAt: OLD, ageDays: ageDaysAt(OLD, at) },
      ...{ sizeGiB: null, monthlyCostUsdUpTo: null, tags: {}, evidence: {} },
    }),
    words: {
      one: 'lantern',
      many: 'lanterns',
      reasons: { STALE: { MADE_UP_UNUSED: 'nobody lights it' } },
    },
    ...given.kind,
    removal: {
      after: [],
      recheck: async (_, ids) =>
        discovery([...world.things.values()].filter(({ id }) => ids.includes(id))),
      classifyRefusal: ({ code }) => {
        if (code === 'ThrottlingException') return { outcome: 'RETRY' };
        return { outcome: code === 'NotFound' ? 'ALREADY_GONE' : 'FAILED' };
      },
      next: ({ state }) => ({
        name: { ACTIVE: 'copy', COPIED: 'archive', ARCHIVED: 'delete' }[state],
        notBefore: null,
      }),
      steps: [
        step('copy', {
          run: {
            one: async (_, { resourceId }) => {
              world.requests.push(`copy ${resourceId}`);
              go('COPIED', resourceId);
              world.copies.set(`copy-of-${resourceId}`, resourceId);
              return { made: `copy-of-${resourceId}` };
            },
          },
          undo: none,
        }),
        step('archive', {
          waitDays: 7,
          run: {
            one: async (_, { resourceId }) => {
              world.requests.push(`archive ${resourceId}`);
              go('ARCHIVED', resourceId);
              return {};
            },
          },
          undo: none,
        }),
        step('delete', {
          waitDays: 30,
          run: {
            one: async (_, { resourceId }) => {
              world.requests.push(`delete ${resourceId}`);
              world.things.delete(resourceId);
              return {};
            },
          },
          undo: none,
        }),
      ],
      ...given.removal,
    },
  });
}
