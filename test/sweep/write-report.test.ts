import { KINDS } from '../../kinds/registry.ts';
import { keysOf } from '../../sweep/keys.ts';
import { FINDINGS_ON_PAGE, writeReport } from '../../sweep/write-report.ts';
import { aFinding, ACCOUNT } from '../support/builders.ts';
import { makeFailingStore } from '../support/failing-store.ts';
import { makeMemoryStore } from '../support/memory-store.ts';
import { completeReport } from '../support/summaries.ts';

const SUMMARY = completeReport();
const keys = keysOf(SUMMARY.executionId);
const ENDED = { outcomes: [], removals: [] };
const EXPECTED = {
  accounts: [{ id: ACCOUNT, name: 'Shop <prod>', state: 'ACTIVE', path: null }],
};

async function storeWith(findings: Iterable<unknown>) {
  const store = makeMemoryStore();
  await store.writeLines(
    keys.findings,
    [...findings].map((one) => JSON.stringify(one)),
  );
  return store;
}

it('writes the page beside the findings, with the names of accounts', async () => {
  const store = await storeWith([aFinding()]);
  expect(await writeReport({ store, kinds: KINDS }, EXPECTED, SUMMARY, ENDED)).toBeNull();
  const page = (await store.get(keys.report))?.body;
  expect(page).toContain('Shop &lt;prod&gt;');
  expect(page).toMatch(/^<!doctype html>/);
});

it('says why there is no page, and goes on', async () => {
  const store = makeFailingStore({ at: 2, written: false, dies: 'once' }).wrap(makeMemoryStore());
  await store.writeLines(keys.findings, []);
  expect(await writeReport({ store, kinds: KINDS }, EXPECTED, SUMMARY, ENDED)).toBe(
    `write 2 failed: ${keys.report}`,
  );
});

it('leaves out what costs least where there is more than a page bears, and says how much', async () => {
  const { most } = FINDINGS_ON_PAGE;
  const all = Array.from({ length: most + 5 }, (_, i) =>
    aFinding({ resourceId: `snap-${i}`, sizeGiB: i }),
  );
  const store = await storeWith(all);
  await writeReport({ store, kinds: KINDS }, EXPECTED, SUMMARY, ENDED);
  const page = (await store.get(keys.report))?.body ?? '';
  expect(page).toContain('5 of 50,005 are not on this page');
  expect(page).toContain(`>snap-${most + 4}<`);
});
