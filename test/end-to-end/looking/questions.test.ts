import { lookAt } from '../../../core/outcome/kind-look.ts';
import type { Question } from '../../../kinds/question.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
const OLD = '2019-01-01T00:00:00.000Z';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** What the made-up metrics show, at each time that they are asked. */
interface Metrics {
  /** Things with a datapoint, which nothing else says that they are in use. */
  readonly of: Set<string>;
  /** The first so many times; then no control shows. */
  answersUntil: number;
  asked: string[][];
}

const used = (id: string): MadeUp => ({ id, startedAt: OLD, isUsed: true });
const unused = (id: string): MadeUp => ({ id, startedAt: OLD, isUsed: false });

let reset: (things: readonly MadeUp[]) => void;

async function open(things: readonly MadeUp[], given: Partial<Question<MadeUp>> = {}) {
  const metrics: Metrics = { of: new Set(), answersUntil: 99, asked: [] };
  const world: World = new Map();
  const question: Question<MadeUp> = {
    ...{ name: 'metrics', askedOf: 'stale', skippable: false, batchSize: 3, mostPerTarget: 100 },
    controls: async (look) =>
      Promise.resolve(
        (world.get(`${look.accountId}/${look.region}`) ?? [])
          .filter(({ isUsed }) => isUsed)
          .map(({ id }) => id),
      ),
    ask: async (_, batch, controls) => {
      metrics.asked.push(batch.map(({ id }) => id));
      return Promise.resolve({
        of: new Map(batch.map(({ id }): [string, boolean] => [id, metrics.of.has(id)])),
        seen: metrics.asked.length > metrics.answersUntil ? [] : controls,
      });
    },
    answered: (facts, hasData) => ({ ...facts, isUsed: facts.isUsed || hasData === true }),
    ...given,
  };
  sweep = await openKindsSweep([madeUpKind(world, { questions: [question] })]);
  reset = (now) => {
    for (const id of sweep.ids) world.set(id, [...now]);
  };
  reset(things);
  return metrics;
}

const ofKind = <T extends { kind: string }>(all: readonly T[] = []) =>
  all.filter(({ kind }) => kind === MADE_UP);

it('an answer decides: what the metrics show is kept, what they are silent on is removed', async () => {
  const metrics = await open([used('attached'), ...['a', 'b', 'c', 'd'].map(unused)]);
  metrics.of.add('b');
  const { findings, plan, removals } = await runOf(sweep, 'first');
  const verdicts = ofKind(findings).map(({ resourceId, verdict }) => [resourceId, verdict]);
  expect(verdicts).toEqual([
    ['attached', 'KEEP'],
    ['a', 'STALE'],
    ['b', 'KEEP'],
    ['c', 'STALE'],
    ['d', 'STALE'],
  ]);
  expect(ofKind(findings).every(({ evidence }) => evidence.unanswered === undefined)).toBe(true);
  expect(ofKind(plan?.removals).map(({ resourceId }) => resourceId)).toEqual(['a', 'c', 'd']);
  expect(ofKind(removals).map(({ outcome }) => outcome)).toEqual(['REMOVED', 'REMOVED', 'REMOVED']);
  expect(metrics.asked.slice(0, 2)).toEqual([['a', 'b', 'c'], ['d']]);
});

it('where nothing is in use that could show, it is held as not checked, and told so', async () => {
  const metrics = await open(['a', 'b'].map(unused));
  const { findings, plan, outcomes, texts } = await runOf(sweep, 'first');
  expect(metrics.asked).toEqual([]);
  expect(ofKind(findings)).toMatchObject([
    { verdict: 'STALE', evidence: { unanswered: ['metrics'] } },
    { verdict: 'STALE', evidence: { unanswered: ['metrics'] } },
  ]);
  expect(ofKind(plan?.held).map(({ held }) => held)).toEqual([['NOT_CHECKED'], ['NOT_CHECKED']]);
  expect(ofKind(plan?.removals)).toEqual([]);
  expect(outcomes.map((outcome) => lookAt(outcome, MADE_UP).status)).toEqual(['COMPLETE']);
  expect(texts.summaryText).toContain('not checked closely yet');
});

it('a control that does not show makes the kind incomplete there, and nothing of it is removed', async () => {
  const metrics = await open([used('attached'), unused('a')]);
  metrics.answersUntil = 0;
  const { findings, plan, outcomes } = await runOf(sweep, 'first');
  expect(lookAt(outcomes[0]!, MADE_UP)).toMatchObject({
    status: 'FAILED',
    failure: { code: 'CONTROL_NOT_SEEN', source: 'metrics' },
  });
  expect(ofKind(findings)[1]).toMatchObject({ evidence: { unanswered: ['metrics'] } });
  expect(ofKind(plan?.removals)).toEqual([]);
});

it('it is asked again before the removal, and what is unanswered then stays', async () => {
  const metrics = await open([used('attached'), unused('a'), unused('b')]);
  metrics.answersUntil = 1;
  const { plan, removals } = await runOf(sweep, 'first');
  expect(ofKind(plan?.removals)).toHaveLength(2);
  expect(metrics.asked.length).toBeGreaterThan(1);
  expect(ofKind(removals)).toMatchObject([
    { outcome: 'NOT_ATTEMPTED', reasons: ['REFERENCES_INCOMPLETE'] },
    { outcome: 'NOT_ATTEMPTED', reasons: ['REFERENCES_INCOMPLETE'] },
  ]);
});

it('a question about what is removable is asked only of what a plan has room for', async () => {
  const metrics = await open([used('attached'), ...['a', 'b', 'c', 'd'].map(unused)], {
    askedOf: 'removable',
  });
  const { plan } = await runOf(sweep, 'first', { limits: { maxRemovalsPerTarget: 2 } });
  expect(metrics.asked[0]).toEqual(['a', 'b']);
  expect(ofKind(plan?.removals)).toHaveLength(2);
  expect(ofKind(plan?.held).map(({ held }) => held)).toEqual([['NOT_CHECKED'], ['NOT_CHECKED']]);
});

it('while nobody answers, its grace does not run: it may have been in use all the time', async () => {
  const DAY_MS = 86_400_000;
  const things = [unused('a')];
  await open(things);
  const policy = { graceDays: 10 };
  await runOf(sweep, 'first', { policy });
  reset([...things, used('attached')]);
  sweep.clock.advance(20 * DAY_MS);
  const second = await runOf(sweep, 'second', { policy });
  expect(ofKind(second.plan?.removals)).toEqual([]);
  expect(ofKind(second.plan?.held)).toMatchObject([{ held: ['IN_GRACE'] }]);
  sweep.clock.advance(11 * DAY_MS);
  const third = await runOf(sweep, 'third', { policy });
  expect(ofKind(third.removals)).toMatchObject([{ resourceId: 'a', outcome: 'REMOVED' }]);
});

it('resources that can be read only once are refused: the second reading would find none', async () => {
  const discover = async () =>
    Promise.resolve({
      resources: [unused('a')].values(),
      ...{ incomplete: [], counts: {}, foreignReferences: [] },
    });
  sweep = await openKindsSweep([madeUpKind(new Map(), { discover })]);
  const { outcomes, of } = await runOf(sweep, 'first');
  expect(of(MADE_UP)).toBe(0);
  expect(outcomes.map((outcome) => lookAt(outcome, MADE_UP))).toMatchObject([
    { status: 'FAILED', failure: { message: expect.stringContaining('only once') } },
  ]);
});
