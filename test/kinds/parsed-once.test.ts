import { z } from 'zod';
import { defineKind, type KindSpec } from '../../kinds/kind.ts';

const VERDICT = { verdict: 'KEEP', reasons: ['IN_USE'] } as const;

it('parses the facts of a resource once, to assess and to describe it', () => {
  const parsed: unknown[] = [];
  const kind = defineKind({
    iam: { discover: [], remove: [], restore: [] },
    facts: z.object({ id: z.string() }).transform((facts) => {
      parsed.push(facts.id);
      return facts;
    }),
    assess: () => VERDICT,
    describe: ({ id }: { id: string }) => ({ resourceId: id }),
  } as unknown as KindSpec<{ id: string }>);
  const [first, second] = [{ id: 'a' }, { id: 'a' }];
  for (const facts of [first, second]) {
    kind.assess(facts, {} as never, new Date(0));
    expect(kind.describe(facts, {} as never).resourceId).toBe('a');
  }
  // Another object is another resource, whatever it looks like.
  expect(parsed).toEqual(['a', 'a']);
  expect(() => kind.assess({ id: 1 }, {} as never, new Date(0))).toThrow();
  expect(() => kind.describe({ id: 1 }, {} as never)).toThrow();
});
