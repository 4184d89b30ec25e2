import { Plan } from '../../../core/plan/plan.ts';
import type { Deps } from '../../../steps/deps.ts';
import { keysOf, leaseKey } from '../../../store/keys.ts';
import { acquireLease } from '../../../steps/ledger/lease.ts';
import { removeTarget } from '../../../steps/remove/remove-target.ts';
import { askedOf } from '../../support/aws/asked-of.ts';
import { type NotedRequest, noteRequests } from '../../support/aws/noted-requests.ts';
import {
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  tally,
} from '../../support/removal-sweep.ts';

const noted: NotedRequest[] = [];
/** What deletion sessions sent. */
const sent = () => noted.filter(({ purpose }) => purpose === 'remove');
let sweep: RemovalSweep;
let plainDeps: Deps;
async function open(options: RemovalSweepOptions = {}): Promise<void> {
  noted.length = 0;
  const deps = (given: Deps) => noteRequests((plainDeps = given), noted);
  sweep = await openRemovalSweep({ deps, ...options });
}
afterEach(async () => sweep.close());

const deletesBy = (name?: string) =>
  sent().filter(({ operation, by }) => operation === 'DeleteSnapshot' && by === (name ?? by))
    .length;

function targetOf(): { accountId: string; region: string } {
  const { accountId = '', region = '' } = sweep.estates[0] ?? {};
  return { accountId, region };
}

/** Another execution takes the lease for so long from now, whoever has it. */
async function holdLease(milliseconds: number): Promise<void> {
  const { store, clock } = sweep;
  const held = await store.get(leaseKey(targetOf()));
  if (held === undefined) {
    await acquireLease({ store, clock, durationMs: milliseconds }, targetOf(), 'other');
    return;
  }
  const record = JSON.parse(held.body) as Record<string, unknown>;
  const until = new Date(clock.now().getTime() + milliseconds).toISOString();
  const taken = { ...record, holder: 'other', token: 'of another taking', until };
  await store.put(leaseKey(targetOf()), JSON.stringify(taken));
}

describe('two delete executions of one target at once', () => {
  let both: Ended[];
  beforeEach(async () => {
    await open({ retryWait: (seconds) => seconds * 10 });
    both = await Promise.all([sweep.run('a'), sweep.run('b')]);
  });

  it('never mix their requests', () => {
    const turns = sent()
      .map(({ by }) => by)
      .filter((one, index, all) => one !== all[index - 1]);
    expect(new Set(turns).size).toBe(turns.length);
  });

  it('attempt nothing twice, and both account for everything they planned', () => {
    expect(deletesBy()).toBe(sweep.gone().length);
    expect(sweep.gone()).toHaveLength(8);
    const [first, second] = both.toSorted((x, y) => removedBy(y) - removedBy(x));
    expect(tally(first?.removals ?? [])).toEqual({ REMOVED: 8 });
    // The later one planned the same where it looked before the first was done.
    const later = second?.removals ?? [];
    expect(later).toHaveLength(8);
    expect(tally(later)).toEqual({ ALREADY_GONE: 8 });
    for (const { summary } of both) expect(summary?.status).toBe('COMPLETE');
  });

  const removedBy = ({ summary }: Ended) => summary?.removals.byOutcome.REMOVED ?? 0;
});

describe('the lease of a target', () => {
  it('held by another execution keeps everything where it is', async () => {
    await open();
    await holdLease(3_600_000);
    const { removals, summary, error } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED LEASE_HELD': 8 });
    expect(removals[0]?.failure).toMatchObject({
      code: 'LeaseHeld',
      message: expect.stringMatching(/"other" is removing/) as string,
    });
    expect([summary?.status, error]).toEqual(['REMOVALS_INCOMPLETE', 'RemovalsIncomplete']);
    expect(sent()).toEqual([]);
  });

  it('left behind by an execution that died is taken over once it has run out', async () => {
    await open();
    await holdLease(120_000);
    expect(tally((await sweep.run('early')).removals)).toEqual({ 'NOT_ATTEMPTED LEASE_HELD': 8 });
    sweep.clock.advance(120_000);
    expect(tally((await sweep.run('late')).removals)).toEqual({ REMOVED: 8 });
  });

  it.each(['CreateTags', 'DeleteSnapshot'])(
    'taken away during a %s: nothing more is marked or removed',
    async (operation) => {
      await open();
      sweep.simulation.onBeforeCall = async (call) => {
        if (call.operation === operation) await holdLease(3_600_000);
      };
      const { removals, summary } = await sweep.run('mine');
      expect(sent().filter((one) => one.operation === operation)).toHaveLength(1);
      expect(deletesBy()).toBe(sweep.gone().length);
      expect(sweep.gone()).toHaveLength(operation === 'CreateTags' ? 0 : 1);
      expect(tally(removals)).toEqual(
        operation === 'CreateTags'
          ? { 'NOT_ATTEMPTED LEASE_LOST': 8 }
          : { 'NOT_ATTEMPTED LEASE_LOST': 7, REMOVED: 1 },
      );
      expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
    },
  );

  it('taken away during the second look: nothing is marked', async () => {
    await open();
    let looks = 0;
    sweep.simulation.onBeforeCall = async ({ operation }) => {
      if (operation !== 'DescribeImages' || (looks += 1) !== 2) return;
      await holdLease(3_600_000);
    };
    const { removals } = await sweep.run('mine');
    expect(sent()).toEqual([]);
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED LEASE_LOST': 8 });
  });

  it('taken over by a retry of the same Task: the earlier invocation ends before its next removal', async () => {
    await open();
    const mine = { executionId: 'mine', target: targetOf() };
    let retried: Promise<unknown> | undefined;
    sweep.simulation.onBeforeCall = async ({ operation }) => {
      if (operation !== 'DeleteSnapshot' || retried !== undefined) return;
      const plan = Plan.parse(JSON.parse((await sweep.store.get(keysOf('mine').plan))?.body ?? ''));
      const before = await leaseBody();
      const asked = await askedOf(sweep.store, 'mine');
      const retry = { ...asked, ...mine, planDigest: plan.digest };
      retried = removeTarget(noteRequests(plainDeps, noted, 'the retry'), retry).catch(
        () => 'ended',
      );
      while ((await leaseBody()) === before) await tick();
    };
    const { removals } = await sweep.run('mine');
    await retried;
    expect(deletesBy('mine')).toBe(1);
    // The one that was under way may be requested by both; AWS carries it out once.
    expect(deletesBy()).toBeLessThanOrEqual(sweep.gone().length + 1);
    expect(removals).toHaveLength(8);
  });
});

async function leaseBody(): Promise<string | undefined> {
  return (await sweep.store.get(leaseKey(targetOf())))?.body;
}

async function tick(): Promise<void> {
  await new Promise(setImmediate);
}
