import { ageDaysAt } from '../../../core/model/age.ts';
import { explain, resourcesOf } from '../../../report/explain/explain.ts';
import { renderExplanation } from '../../../report/explain/text.ts';
import { inWordsOf, wordsOf } from '../../../kinds/in-words.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { readMentions } from '../../../local/commands/execution-mentions.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
/** Nothing that is only reported, nor what there is advice on, is on a way out. */
const OF_REMOVALS =
  /(?<!Nothing is )held back|can be deleted|deletable now|could delete|would delete [^n]|in grace/i;

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** Things in use that cost more than they must, plainly so; and as many that are unused. */
async function open(used: number, unused: number): Promise<Kind> {
  const world: World = new Map();
  const { removal: _removal, ...kind } = madeUpKind(world, {
    isPlainlyInUse: ({ reasons }) => reasons.includes('IN_USE'),
    describe: ({ id, startedAt }, { now }) => ({
      ...{ resourceId: id, startedAt, ageDays: ageDaysAt(startedAt, now), sizeGiB: null },
      ...{ monthlyCostUsdUpTo: 400, tags: {}, evidence: {} },
      advice: [{ code: 'OLD_VERSION', monthlySavingUsdUpTo: id.endsWith('-0') ? null : 300 }],
    }),
    words: {
      ...{ one: 'beacon', many: 'beacons' },
      reasons: { STALE: { MADE_UP_UNUSED: 'nobody sees it' } },
      advice: { OLD_VERSION: 'its version is out of support' },
    },
  });
  sweep = await openKindsSweep([kind]);
  const things = (count: number, isUsed: boolean) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ id: `${isUsed ? 'used' : 'unused'}-${i}`, startedAt: '2019-01-01T00:00:00.000Z' },
      isUsed,
    }));
  for (const id of sweep.ids) world.set(id, [...things(used, true), ...things(unused, false)]);
  return kind;
}

/** Without what the input's settings are for. */
const asked = (text: string) => text.split('Policy and limits')[0] ?? '';

const read = (text: string) =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');

async function told(kind: Kind, input: Record<string, unknown> = { kinds: [MADE_UP] }) {
  const ended = await runOf(sweep, 'first', { mode: 'report', remove: [], ...input });
  const explained = async (resourceId: string) => {
    const mentions = [
      await readMentions({
        ...{ store: sweep.store, executionId: 'first', resourceId, now: sweep.clock.now() },
      }),
    ];
    const words = wordsOf([kind]);
    const [resource] = resourcesOf(mentions);
    const of = explain(resource!, { mentions, targets: new Map(), stale: null, words });
    return read(
      renderExplanation(of, {
        ...{ now: sweep.clock.now(), inWords: inWordsOf([kind]), words },
        commandFor: () => 'orgsweep restore',
      }),
    );
  };
  return { ...ended, explained, mail: read(ended.texts.summaryText), page: read(ended.texts.page) };
}

it('what is in use and costs more than it must is told with its money, and under no verdict', async () => {
  const kind = await open(3, 0);
  const { findings, summary, plan, mail, page, explained } = await told(kind);
  // Plainly in use, and listed all the same.
  expect(findings).toHaveLength(3);
  expect(findings[1]).toMatchObject({
    verdict: 'KEEP',
    advice: [{ code: 'OLD_VERSION', monthlySavingUsdUpTo: 300 }],
  });
  const advice = { OLD_VERSION: { resources: 3, monthlySavingUsdUpTo: 600, unpriced: 1 } };
  expect(summary?.counts).toMatchObject({ advice, staleMonthlyCostUsdUpTo: 0 });
  expect(summary?.byKind[MADE_UP]).toMatchObject({ advice, stale: 0 });
  expect([...(plan?.held ?? []), ...(plan?.removals ?? [])]).toEqual([]);
  expect(mail).toContain(
    'Check 3 beacons in use: its version is out of support (OLD_VERSION). That would save up to $600 a month',
  );
  expect(page).toContain('orgsweep deletes none of it.');
  expect(page).toMatch(/used-1 .{0,60}its version is out of support OLD_VERSION \$300/);
  for (const text of [mail, page]) {
    expect(text).toContain('None of 3 beacons is unused');
    expect(asked(text)).not.toMatch(OF_REMOVALS);
  }
  expect(await explained('used-1')).toContain(
    'It costs up to $300 a month more than it must: its version is out of support.',
  );
});

it('what is unused has no advice but to go', async () => {
  const kind = await open(0, 2);
  const { findings, summary, page } = await told(kind);
  expect(findings.map(({ verdict, advice }) => [verdict, advice])).toEqual([
    ['STALE', undefined],
    ['STALE', undefined],
  ]);
  expect(summary?.counts).not.toHaveProperty('advice');
  expect(page).not.toContain('Advice');
});

it('what is only reported is in the total, and at no stage of the way out', async () => {
  const kind = await open(1, 2);
  const { summary, mail, page, explained, published } = await told(kind);
  expect(summary?.funnel).toMatchObject({
    ...{ stale: { resources: 2 }, onlyReported: { resources: 2 } },
    ...{ needsDecision: { resources: 0 }, obtainable: { resources: 0 } },
  });
  expect(published?.Subject).toContain('2 unused beacons, $800 a month');
  for (const text of [mail, page]) {
    expect(text).toContain('Only reported: 2 unused beacons, $800 a month.');
    expect(asked(text)).not.toMatch(OF_REMOVALS);
  }
  expect(page).toContain('only reported');
  const text = await explained('unused-0');
  expect(text).toContain('It is still there: orgsweep only reports its kind.');
  expect(text).toContain('Not deleted: orgsweep only reports its kind.');
  expect(text).not.toMatch(/plan|held/);
});

it('beside snapshots, what is only reported is in the total, and in none of their stages', async () => {
  const kind = await open(0, 40);
  const { summary, mail, page } = await told(kind, { remove: ['ebs-snapshot'] });
  expect(summary?.funnel?.stale.resources).toBe(summary?.counts.verdicts.STALE);
  expect(summary?.funnel?.onlyReported).toEqual(summary?.funnelByKind?.[MADE_UP]?.stale);
  expect(mail).toMatch(/\(8 of 51 unused resources\)/);
  expect(page).toMatch(/Unused \$[\d,]+ a month 51 of 60/);
  for (const text of [mail, page]) expect(text).not.toContain('beacons, 3 TiB');
  expect(mail).toContain('- Beacons: 40 of 40 unused, $16,000 a month, only reported');
  expect(mail).toMatch(/- Snapshots: 11 of 20 unused, .* Deletable now: 8 snapshots/);
});
