import { History } from '../../../core/history/history.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { madeUpKind, madeUpStep, type World } from '../../support/kinds/made-up-kind.ts';
import { STEPPED, SteppedWorld, steppedKind } from '../../support/kinds/stepped-kind.ts';

const PRINT = 'print';
const MADE = 'copy-of-thing-0';
const OTHER = 'copy-of-somebody';

let sweep: KindsSweep;
let prints: World;
/** Runs once something of this name is written. */
let onWritten: { readonly name: string; readonly act: () => Promise<void> } | undefined;
afterEach(async () => sweep.close());

/** A thing whose removal begins with a copy, and prints: two, of which that copy is one. */
async function open(): Promise<void> {
  onWritten = undefined;
  prints = new Map();
  const things = new SteppedWorld();
  things.add('thing-0');
  const print = madeUpKind(prints, {
    kind: PRINT,
    madeBy: [STEPPED],
    assess: ({ id, isUsed }, _policy, _now, _seen, made) =>
      !isUsed && made.get(id)?.of === `${STEPPED}:thing-0`
        ? { verdict: 'STALE', reasons: ['MADE_UP_UNUSED'] }
        : { verdict: 'KEEP', reasons: ['IN_USE'] },
    isPlainlyInUse: ({ verdict }) => verdict === 'KEEP',
    removal: {
      after: [],
      recheck: async (_, ids) => ({
        resources: [...prints.values()].flat().filter(({ id }) => ids.includes(id)),
        ...{ incomplete: [], counts: {}, foreignReferences: [] },
      }),
      classifyRefusal: () => ({ outcome: 'FAILED' }),
      steps: [
        madeUpStep({
          run: {
            one: async (_, { resourceId }) => {
              for (const [place, all] of prints)
                prints.set(
                  place,
                  all.filter(({ id }) => id !== resourceId),
                );
              return {};
            },
          },
        }),
      ],
    },
  });
  sweep = await openKindsSweep([steppedKind(things, () => sweep.clock.now()), print], undefined, {
    store: (own) => ({
      ...own,
      put: async (key, ...rest) => {
        const version = await own.put(key, ...rest);
        const { name, act } = onWritten ?? {};
        if (name !== undefined && key.endsWith(name)) {
          onWritten = undefined;
          await act?.();
        }
        return version;
      },
    }),
  });
  for (const place of sweep.ids)
    prints.set(
      place,
      [MADE, OTHER].map((id) => ({ id, startedAt: '2019-01-01T00:00:00.000Z', isUsed: false })),
    );
  const { removals } = await runOf(sweep, 'first', { kinds: [STEPPED], remove: [STEPPED] });
  expect(removals).toMatchObject([{ outcome: 'STEP_DONE', made: MADE }]);
  sweep.clock.advance(DAY_MS);
}

const target = () => {
  const [accountId = '', region = ''] = sweep.ids[0]?.split('/') ?? [];
  return { accountId, region };
};
const historyKey = () => historyKeys.staleSince(target());
async function historyNow(): Promise<History> {
  return History.parse(JSON.parse((await sweep.store.get(historyKey()))?.body ?? ''));
}
async function changeMade(change: (made: NonNullable<History['made']>) => void): Promise<void> {
  const stored = await sweep.store.get(historyKey());
  const history = await historyNow();
  change((history.made ??= {}));
  await sweep.store.put(historyKey(), JSON.stringify(history), { version: stored?.version ?? '' });
}
async function changeLedger(change: (body: string) => string): Promise<void> {
  const key = keysOf('first').ledgerBatch(target(), 1);
  const { body = '', version = '' } = (await sweep.store.get(key)) ?? {};
  expect(change(body)).not.toBe(body);
  await sweep.store.put(key, change(body), { version });
}
async function printsRun(executionId: string, input: Record<string, unknown> = {}) {
  const ended = await runOf(sweep, executionId, { kinds: [PRINT], remove: [PRINT], ...input });
  return { ...ended, planned: ended.plan?.removals.map(({ resourceId }) => resourceId) };
}

describe('what a step made', () => {
  beforeEach(open);

  it('is known from then on, and goes where its kind says so by that', async () => {
    expect((await historyNow()).made).toMatchObject({
      [MADE]: { of: `${STEPPED}:thing-0`, step: 'copy', executionId: 'first' },
    });
    const { planned, removals } = await printsRun('second');
    expect(planned).toEqual([MADE]);
    expect(removals).toMatchObject([{ outcome: 'REMOVED', resourceId: MADE }]);
    // A look that doesn't show it any more forgets it.
    sweep.clock.advance(DAY_MS);
    await printsRun('third');
    expect((await historyNow()).made).toBeUndefined();
  });

  it('is remembered while it is there, plainly in use too', async () => {
    for (const all of prints.values()) for (const one of all) Object.assign(one, { isUsed: true });
    const { of } = await printsRun('second');
    expect(of(PRINT)).toBe(1);
    expect((await historyNow()).made).toHaveProperty(MADE);
  });

  it.each<[string, (made: NonNullable<History['made']>) => void]>([
    ['it made it of something else', (made) => (made[MADE] = { ...made[MADE]!, of: 'stepped:x' })],
    ['another step', (made) => (made[MADE] = { ...made[MADE]!, step: 'archive' })],
    [
      'an earlier time',
      (made) => (made[MADE] = { ...made[MADE]!, at: '2020-01-01T00:00:00.000Z' }),
    ],
    [
      'an execution without a ledger',
      (made) => (made[MADE] = { ...made[MADE]!, executionId: 'x' }),
    ],
  ])('stays by a history that says %s', async (_, forge) => {
    await changeMade(forge);
    const { planned, findings } = await printsRun('second');
    expect(planned).toEqual([]);
    expect(findings.some(({ verdict }) => verdict === 'STALE')).toBe(false);
  });

  it('is only what the ledger tells: nothing else goes by a history that says it was made too', async () => {
    await changeMade((made) => (made[OTHER] = made[MADE]!));
    const { planned } = await printsRun('second');
    expect(planned).toEqual([MADE]);
  });

  it.each([
    ['that somebody changed', (body: string) => body.replace('"copy-of-thing-0"', '"copy-of-a"')],
    ['that can’t be read', () => 'x'],
  ])('stays by a ledger %s', async (_, change) => {
    await changeLedger(change);
    const { planned, outcomes } = await printsRun('second');
    expect(planned).toEqual([]);
    expect(outcomes.every(({ status }) => status === 'COMPLETE')).toBe(true);
  });

  it('stays at the removal where the ledger doesn’t tell it any more', async () => {
    onWritten = { name: 'plan.json', act: async () => changeLedger(() => 'x') };
    const { planned, removals } = await printsRun('second');
    expect(planned).toEqual([MADE]);
    expect(removals).toMatchObject([{ outcome: 'NO_LONGER_STALE', reasons: ['IN_USE'] }]);
  });

  it('stays at the removal where the history doesn’t tell it any more', async () => {
    const act = async () => changeMade((made) => delete made[MADE]);
    onWritten = { name: 'plan.json', act };
    const { removals } = await printsRun('second');
    expect(removals).toMatchObject([{ outcome: 'NO_LONGER_STALE', reasons: ['IN_USE'] }]);
  });
});
