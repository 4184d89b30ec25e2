import { explain, resourcesOf } from '../../../report/explain/explain.ts';
import { renderExplanation } from '../../../report/explain/text.ts';
import { inWordsOf, wordsOf } from '../../../kinds/in-words.ts';
import type { KindSpec } from '../../../kinds/kind.ts';
import { SNAPSHOTS } from '../../support/simulated-sweep.ts';
import { readMentions } from '../../../local/commands/execution-mentions.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
/** What is told of snapshots, and of nothing that has neither data, size nor a way back. */
const OF_SNAPSHOTS =
  /snapshot|volume|Recycle Bin|AMI\b|share data|Copies that stay|measure|\bGiB\b/;

let sweep: KindsSweep;
afterEach(async () => sweep.close());

async function open(given: Partial<KindSpec<MadeUp>> = {}) {
  const world: World = new Map();
  const kind = madeUpKind(world, given);
  sweep = await openKindsSweep([kind]);
  for (const id of sweep.ids)
    world.set(
      id,
      ['a', 'b', 'c', 'd'].map((name) => ({
        ...{ id: `thing-${name}`, startedAt: '2019-01-01T00:00:00.000Z', isUsed: name === 'd' },
      })),
    );
  return [...SNAPSHOTS, kind];
}

/** What a reader sees: of what lies in a page, its text alone. */
function read(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

async function explained(kinds: Awaited<ReturnType<typeof open>>, executionId: string) {
  const of = { store: sweep.store, executionId, resourceId: 'thing-a', now: sweep.clock.now() };
  const mentions = [await readMentions(of)];
  const words = wordsOf(kinds);
  const [resource] = resourcesOf(mentions);
  const told = explain(resource!, { mentions, targets: new Map(), stale: null, words });
  const telling = { now: sweep.clock.now(), inWords: inWordsOf(kinds), words };
  return read(renderExplanation(told, { ...telling, commandFor: () => 'orgsweep restore' }));
}

describe('E7: a kind is told of in its own words', () => {
  it('a report: its reason under the unused, its noun, and nothing of what it has not', async () => {
    const kinds = await open();
    const { texts, summary, published } = await runOf(sweep, 'first', {
      ...{ kinds: [MADE_UP], mode: 'report' },
    });
    const [mail, page] = [read(texts.summaryText), read(texts.page)];
    for (const text of [mail, page]) {
      expect(text).toContain('3 beacons');
      expect(text).not.toMatch(OF_SNAPSHOTS);
    }
    // The chart's table: reason, code, how many.
    expect(page).toContain('Unused: 3 nobody sees it MADE_UP_UNUSED 3');
    expect(page).toContain('Kept: 1 it is in use IN_USE 1');
    expect(page).toContain('Unused: nobody sees it, it is old enough');
    // Without price and size, their number is all that there is to tell.
    for (const text of [mail, page]) {
      expect(text).toContain('3 unused beacons can be deleted now');
      expect(text).not.toContain('unknown amount');
    }
    expect(published?.Subject).toContain('3 unused beacons can be deleted now');
    expect(summary?.words?.[MADE_UP]).toMatchObject({ one: 'beacon', many: 'beacons' });
    expect(summary?.byKind[MADE_UP]?.reasonsByVerdict).toEqual({
      STALE: { MADE_UP_UNUSED: 3 },
      KEEP: { IN_USE: 1 },
    });
    const text = await explained(kinds, 'first');
    expect(text).toContain('It is unused: nobody sees it.');
    expect(text).toContain('Unused: nobody sees it (MADE_UP_UNUSED).');
    expect(text).not.toMatch(OF_SNAPSHOTS);
  });

  it('a deletion: how many were deleted, and no bin that it never had', async () => {
    const kinds = await open();
    const { texts } = await runOf(sweep, 'first', { kinds: [MADE_UP], remove: [MADE_UP] });
    for (const text of [texts.mail, texts.summaryText, texts.page].map(read)) {
      expect(text).toContain('Deleted 3 beacons');
      expect(text).not.toMatch(OF_SNAPSHOTS);
    }
    const text = await explained(kinds, 'first');
    expect(text).toContain('It was unused: nobody sees it.');
    expect(text).not.toMatch(OF_SNAPSHOTS);
  });

  it('beside snapshots: each reason in the words of its own kind, and resources in all', async () => {
    await open();
    const { texts, summary } = await runOf(sweep, 'first', { mode: 'report' });
    const page = read(texts.page);
    // The chart's table: what is unused, and then what is kept.
    expect(page).toMatch(/Kept: \d+ .*its volume is in use IN_USE \d+ .*it is in use IN_USE 1/);
    expect(page).toMatch(/Unused: \d+ .*nobody sees it MADE_UP_UNUSED 3 .*Kept: \d+ /);
    expect(page).toMatch(/Unused snapshots: its volume was deleted or is not attached/);
    expect(page).toContain('Unused beacons: nobody sees it');
    const mail = read(texts.summaryText);
    expect(mail).toMatch(
      /\d+ of \d+ resources, .+ Snapshots: \d+ of \d+ unused, .+ Beacons: 3 of 4 unused, no known price/,
    );
    expect(Object.keys(summary?.byKind ?? {}).toSorted()).toEqual([SNAPSHOT, MADE_UP]);
  });

  it('a reason that nobody has words for is told under its own verdict, never as kept', async () => {
    await open({ words: { one: 'beacon', many: 'beacons', reasons: {} } });
    const { texts } = await runOf(sweep, 'first', { kinds: [MADE_UP], mode: 'report' });
    expect(read(texts.page)).toContain('Unused: 3 MADE_UP_UNUSED 3');
  });
});
