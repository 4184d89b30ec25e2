import type { KindSpec, WholeDiscovery } from '../../../kinds/kind.ts';
import type { Question } from '../../../kinds/question.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
const things = (from: number, to: number): MadeUp[] =>
  Array.from({ length: to - from }, (_, i) => ({
    ...{
      id: `thing-${from + i}`,
      startedAt: '2019-01-01T00:00:00.000Z',
      isUsed: (from + i) % 2 === 0,
    },
  }));
const NOTHING_ELSE = { incomplete: [], counts: {}, foreignReferences: [] };

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** Lists in pages, as they are asked for; after so many it breaks off. */
async function* pagesOf(all: readonly MadeUp[], most = Infinity): AsyncGenerator<MadeUp> {
  for (const [i, one] of all.entries()) {
    if (i === most) throw Object.assign(new Error('slow down'), { name: 'AccessDeniedException' });
    await Promise.resolve();
    yield one;
  }
}

async function run(discovery: () => WholeDiscovery<MadeUp>, given: Partial<KindSpec<MadeUp>> = {}) {
  sweep = await openKindsSweep([
    madeUpKind(new Map(), {
      discover: async () => discovery(),
      isPlainlyInUse: ({ verdict }) => verdict === 'KEEP',
      ...given,
    }),
  ]);
  const ended = await runOf(sweep, 'first', { remove: [SNAPSHOT, MADE_UP], mode: 'report' });
  const { findings, plan, outcomes } = ended;
  const isOwn = ({ kind }: { kind: string }) => kind === MADE_UP;
  return {
    ...{ look: outcomes[0]?.looks?.[MADE_UP], counts: outcomes[0]?.kinds[MADE_UP] },
    findings: findings.filter(isOwn).map(({ resourceId, verdict }) => [resourceId, verdict]),
    removals: plan?.removals.filter(isOwn).map(({ resourceId }) => resourceId) ?? [],
    held: plan?.held.filter(isOwn).map(({ held }) => held) ?? [],
    snapshots: ended.of(SNAPSHOT),
  };
}

it('what is listed while it is assessed is found and planned as what is listed at once', async () => {
  const atOnce = await run(() => ({ ...NOTHING_ELSE, resources: things(0, 40) }));
  await sweep.close();
  const further = await run(() => ({
    ...{ ...NOTHING_ELSE, resources: things(0, 3), further: pagesOf(things(3, 40)) },
  }));
  expect(further).toEqual(atOnce);
  expect([further.counts?.resources, further.removals]).toEqual([
    40,
    things(0, 40)
      .flatMap(({ id, isUsed }) => (isUsed ? [] : [id]))
      .toSorted(),
  ]);
});

it('a listing that breaks off makes its kind incomplete, and nothing of it is removed', async () => {
  const { look, counts, findings, removals, held, snapshots } = await run(() => ({
    ...{ ...NOTHING_ELSE, resources: [], further: pagesOf(things(0, 40), 10) },
  }));
  expect(look).toMatchObject({ status: 'ACCESS_DENIED', failure: { message: 'slow down' } });
  // What was listed is told, and counted.
  expect([counts?.resources, findings.length, removals]).toEqual([10, 5, []]);
  expect(held).toEqual(Array(5).fill(['TARGET_NOT_COMPLETE']));
  expect(snapshots).toBeGreaterThan(0);
});

it('what is known only when all are read holds: references, and what is incomplete', async () => {
  const counts: Record<string, number> = {};
  const incomplete: { code: string; message: string }[] = [];
  async function* further(): AsyncGenerator<MadeUp> {
    yield* pagesOf(things(0, 4));
    counts['things-that-refer'] = 7;
    incomplete.push({ code: 'AccessDeniedException', message: 'no' });
  }
  const { look, removals } = await run(() => ({
    ...{ resources: [], further: further(), incomplete, counts, foreignReferences: [] },
  }));
  expect(look).toMatchObject({
    ...{ status: 'ACCESS_DENIED', references: { 'things-that-refer': 7 } },
  });
  expect(removals).toEqual([]);
});

it('a kind with questions, whose resources are read twice, may not list them so', async () => {
  const question: Question<MadeUp> = {
    ...{ name: 'asked', skippable: false, askedOf: 'stale', batchSize: 10, mostPerTarget: 10 },
    ...{ iam: [], cost: 'one' },
    ask: async () => ({ of: new Map() }),
    answered: (facts) => facts,
  };
  const { look, findings } = await run(
    () => ({ ...NOTHING_ELSE, resources: [], further: pagesOf(things(0, 4)) }),
    { questions: [question] },
  );
  expect(look).toMatchObject({
    status: 'FAILED',
    failure: { message: expect.stringContaining('only once') as string },
  });
  expect(findings).toEqual([]);
});
