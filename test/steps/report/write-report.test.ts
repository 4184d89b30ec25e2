import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Finding } from '../../../core/model/verdict.ts';
import { inWordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import type { FindingRow } from '../../../report/page/findings/finding-row.ts';
import { decodeFindings, type FindingsData } from '../../../report/page/findings/findings-data.ts';
import {
  FINDINGS_ON_PAGE,
  FindingsOnPage,
} from '../../../report/page/findings/findings-on-page.ts';
import { keysOf } from '../../../store/keys.ts';
import { writeReport } from '../../../steps/report/write-report.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { TargetPlan } from '../../../core/plan/target/plan-target.ts';
import {
  ACCOUNT,
  aFinding,
  aPolicy,
  aRemoval,
  KIND,
  NOW,
  REGION,
  someLimits,
} from '../../support/summaries/builders.ts';
import { makeFailingStore } from '../../support/stores/failing-store.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const SUMMARY = completeReport();
const keys = keysOf(SUMMARY.executionId);
const inWords = inWordsOf(KINDS);

/** What writing the report of these findings needs. */
function gathered(findings: Iterable<Finding>) {
  const onPage = new FindingsOnPage(new Map([[ACCOUNT, { name: 'Shop <prod>' }]]));
  for (const finding of findings) onPage.add(finding, inWords(finding));
  return { onPage, outcomes: [], removals: [], plan: null };
}

it('writes the page beside the findings, with the names of accounts', async () => {
  const store = makeMemoryStore();
  expect(await writeReport(store, SUMMARY, gathered([aFinding()]))).toBeNull();
  const page = (await store.get(keys.report))?.body;
  expect(page).toContain('Shop &lt;prod&gt;');
  expect(page).toMatch(/^<!doctype html>/);
});

it('says why there is no page, and goes on', async () => {
  const store = makeFailingStore({ at: 1, written: false, dies: 'once' }).wrap(makeMemoryStore());
  expect(await writeReport(store, SUMMARY, gathered([]))).toBe(`write 1 failed: ${keys.report}`);
});

it('leaves out what costs least where there is more than a page bears, and says how much', async () => {
  const { most } = FINDINGS_ON_PAGE;
  const all = Array.from({ length: most + 5 }, (_, i) =>
    aFinding({ resourceId: `snap-${i}`, sizeGiB: i }),
  );
  const page = await pageOf(all);
  expect(page).toContain('5 of 50,005 are not on this page');
  expect(page).toContain(`>snap-${most + 4}<`);
});

it('leaves nobody out for the tags of others', async () => {
  const tags = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [`${i}`.padEnd(127, 'k'), 'v'.repeat(255)]),
  );
  const hostile = Array.from({ length: 3600 }, (_, i) =>
    aFinding({ resourceId: `snap-${i}`, sizeGiB: 65_536, tags }),
  );
  const page = await pageOf([...hostile, aFinding({ resourceId: 'snap-honest', sizeGiB: 1 })]);
  expect(page).not.toContain('are not on this page');
  const rows = findingsOf(page);
  expect(rows).toHaveLength(3601);
  expect(rows[0]).toMatchObject({ tagsLeftOut: 45, words: [expect.any(String)] });
  expect(rows.at(-1)).toMatchObject({ resourceId: 'snap-honest', tagsLeftOut: 0 });
});

it('stays below 10 MB where nothing can be compressed', async () => {
  const text = (length: number) => randomBytes(length).toString('base64').slice(0, length);
  const tags = () => Object.fromEntries(Array.from({ length: 9 }, () => [text(60), text(160)]));
  const page = await pageOf(
    Array.from({ length: 7000 }, (_, i) => aFinding({ resourceId: `snap-${i}`, tags: tags() })),
  );
  expect(page.length).toBeLessThan(10_000_000);
  const rows = findingsOf(page);
  expect(rows[0]).toMatchObject({ tagsLeftOut: 0, words: [expect.any(String)] });
  expect(rows.at(-1)).toMatchObject({ tagsLeftOut: 9, tags: [], words: [] });
});

async function pageOf(findings: Iterable<Finding>): Promise<string> {
  const store = makeMemoryStore();
  expect(await writeReport(store, SUMMARY, gathered(findings))).toBeNull();
  return (await store.get(keys.report))?.body ?? '';
}

function findingsOf(page: string): FindingRow[] {
  const [, base64 = ''] = /id="findings-data">([^<]*)</.exec(page) ?? [];
  const data = gunzipSync(Buffer.from(base64, 'base64')).toString();
  return decodeFindings(JSON.parse(data) as FindingsData);
}

it('says of each finding what the plan has on it, by the policy of its account', async () => {
  const held = { kind: KIND, accountId: ACCOUNT, region: REGION, sizeGiB: 8 };
  const target: TargetPlan = {
    removals: [aRemoval({ resourceId: 'snap-goes' })],
    held: [
      { ...held, resourceId: 'snap-waits', held: ['IN_GRACE'], staleSince: NOW.toISOString() },
    ],
  };
  const plan = makePlan({
    ...{ executionId: SUMMARY.executionId, mode: 'report', approval: 'none', now: NOW },
    ...{ namedPlan: null, limits: someLimits(), kinds: [KIND], outcomes: [], targets: [target] },
    ...{ policy: aPolicy(), policies: { [ACCOUNT]: aPolicy({ graceDays: 60 }) } },
  });
  const store = makeMemoryStore();
  const ids = ['snap-goes', 'snap-waits'];
  const ended = gathered(ids.map((resourceId) => aFinding({ resourceId })));
  await writeReport(store, SUMMARY, { ...ended, plan });
  const page = (await store.get(keys.report))?.body ?? '';
  expect(page).toContain('deletable now');
  expect(page).toContain('held back: in grace until 20 January 2027');
});
