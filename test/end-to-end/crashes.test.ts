import { makeFailingStore, type WriteFault } from '../support/failing-store.ts';
import { type Ended, openRemovalSweep, type RemovalSweep } from '../support/removal-sweep.ts';

const DONE = ['REMOVED', 'ALREADY_GONE'];

/** What becomes of an execution that nothing disturbs: how often it writes, and what is gone. */
let undisturbed: { writes: number; gone: string[] };
beforeAll(async () => {
  const counting = makeFailingStore();
  const sweep = await openRemovalSweep({ store: counting.wrap });
  const { summary } = await sweep.run('whole');
  expect(summary?.status).toBe('COMPLETE');
  undisturbed = { writes: counting.writes(), gone: sweep.gone() };
  await sweep.close();
});

it('there is enough to crash over', () => {
  expect(undisturbed.gone.length).toBeGreaterThanOrEqual(8);
  expect(undisturbed.writes).toBeGreaterThan(30);
});

interface Deaths extends Pick<WriteFault, 'dies' | 'written'> {
  readonly from: number;
  readonly step: number;
}

describe.each<Deaths>([
  { dies: 'once', written: false, from: 1, step: 1 },
  { dies: 'once', written: true, from: 1, step: 1 },
  { dies: 'process', written: false, from: 1, step: 2 },
  { dies: 'process', written: true, from: 2, step: 2 },
])('a delete execution that dies at its writes (%j)', ({ dies, written, from, step }) => {
  it('removes nothing it must not, tells no lie, and leaves the rest to the next one', async () => {
    for (let at = from; at <= undisturbed.writes; at += step) {
      try {
        await crashAndRunAgain({ at, dies, written });
      } catch (error) {
        throw new Error(`with the fault at write ${at}`, { cause: error });
      }
    }
  });
});

async function crashAndRunAgain(fault: WriteFault): Promise<void> {
  let deletesBefore: number | undefined;
  const deletes = () => sweep.simulation.calls.total['ec2:DeleteSnapshot'];
  const onFailure = () => (deletesBefore = deletes());
  const failing = makeFailingStore({ ...fault, onFailure });
  const sweep = await openRemovalSweep({ store: failing.wrap });
  try {
    const crashed = await sweep.run('crashed');
    expect(failing.failedKeys).toHaveLength(1);
    // Without a store there is no lease and no ledger, hence no removal.
    if (fault.dies === 'process') expect(deletes()).toBe(deletesBefore);
    await expectIntents(sweep, crashed);
    await expectNoLie(sweep, crashed);
    failing.revive();
    // By then a lease that nobody gave back has run out.
    sweep.clock.advance(121_000);
    const second = await sweep.run('second');
    await expectNoLie(sweep, second);
    expect(second.summary?.status).toBe('COMPLETE');
    expect(sweep.gone()).toEqual(undisturbed.gone);
  } finally {
    await sweep.close();
  }
}

/** Everything that is gone was in a READY plan, and its intent was written before. */
async function expectIntents(sweep: RemovalSweep, { plan, ledger }: Ended): Promise<void> {
  const gone = sweep.gone();
  if (gone.length > 0) expect(plan?.status).toBe('READY');
  const intended = ledger.filter(({ intentAt }) => intentAt !== null).map((one) => one.resourceId);
  expect(intended).toEqual(expect.arrayContaining(gone));
  const planned = plan?.removals.map(({ resourceId }) => resourceId) ?? [];
  expect(planned).toEqual(expect.arrayContaining(intended));
}

/** What must hold however an execution ended. */
async function expectNoLie(sweep: RemovalSweep, ended: Ended): Promise<void> {
  const gone = new Set(sweep.gone());
  const [estate] = sweep.estates;
  for (const id of gone) expect(estate?.groundTruth(id)?.verdict).toBe('STALE');
  const { status, error, summary, plan, removals, ledger, published } = ended;
  const told = [...ledger.flatMap(({ outcome }) => outcome ?? []), ...removals];
  for (const { outcome, resourceId } of told) {
    if (DONE.includes(outcome)) expect(gone).toContain(resourceId);
  }
  if (status === 'SUCCEEDED') expect(summary?.status).toBe('COMPLETE');
  if (error === 'SummarizeFailed') {
    expect(published?.Subject).toBe('FAILED orgsweep: the summary could not be made');
    expect(published?.Message).toContain(`Execution ${ended.executionId} `);
  }
  if (summary === null || plan?.status !== 'READY') return;
  // One outcome for every planned removal, and complete only if all of them are done.
  expect(removals.map(({ resourceId }) => resourceId)).toEqual(
    plan.removals.map(({ resourceId }) => resourceId),
  );
  if (!removals.every(({ resourceId }) => gone.has(resourceId))) {
    expect(summary.status).not.toBe('COMPLETE');
  }
}
