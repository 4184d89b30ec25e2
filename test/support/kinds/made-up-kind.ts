import { z } from 'zod';
import { ageDaysAt } from '../../../core/model/age.ts';
import { defineKind, type Kind, type KindSpec } from '../../../kinds/kind.ts';
import type { Step } from '../../../kinds/removal.ts';

/** All that there is to know about a thing of a kind that somebody made up. */
export const MadeUp = z.strictObject({
  id: z.string(),
  startedAt: z.string().nullable(),
  isUsed: z.boolean(),
});
export type MadeUp = z.infer<typeof MadeUp>;

/** The things of one kind, by `accountId/region`: the world that it lists and removes from. */
export type World = Map<string, MadeUp[]>;

/** Removes nothing, and has no way back. What a test is about, it gives. */
export function madeUpStep(given: Partial<Step<MadeUp>> = {}): Step<MadeUp> {
  return {
    name: 'delete',
    fence: {
      by: 'MARKER',
      mark: async () => undefined,
      findMarked: async (_, ids) => new Set(ids),
    },
    run: { one: async () => ({}) },
    undo: [{ way: 'NONE', says: 'Nothing brings it back.' }],
    ...given,
  };
}

/**
 * A kind that isn't of AWS: it has neither tags, size, copies nor a way back, and lists what is in its
 * world. What a test is about, it gives.
 */
export function madeUpKind(world: World, given: Partial<KindSpec<MadeUp>> = {}): Kind {
  const here = ({ accountId, region }: { accountId: string; region: string }) =>
    world.get(`${accountId}/${region}`) ?? [];
  const discovery = (resources: readonly MadeUp[]) => ({
    ...{ resources, incomplete: [], counts: {}, foreignReferences: [] },
  });
  return defineKind<MadeUp>({
    kind: 'made-up',
    reach: 'regional',
    facts: MadeUp,
    iam: { discover: [], remove: [], restore: [] },
    discover: async (look) => discovery(here(look)),
    assess: ({ isUsed }) =>
      isUsed
        ? { verdict: 'KEEP', reasons: ['IN_USE'] }
        : { verdict: 'STALE', reasons: ['MADE_UP_UNUSED'] },
    describe: ({ id, startedAt }, { now }) => ({
      ...{ resourceId: id, startedAt, ageDays: ageDaysAt(startedAt, now) },
      ...{ sizeGiB: null, monthlyCostUsdUpTo: null, tags: {}, evidence: {} },
    }),
    words: {
      one: 'beacon',
      many: 'beacons',
      reasons: { STALE: { MADE_UP_UNUSED: 'nobody sees it' } },
    },
    removal: {
      after: [],
      recheck: async (look, ids) => discovery(here(look).filter(({ id }) => ids.includes(id))),
      classifyRefusal: () => ({ outcome: 'FAILED' }),
      steps: [madeUpStep()],
    },
    ...given,
  });
}
