import { z } from 'zod';
import { type Store, StoreConflict } from '../../store/store.ts';
import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { type Plan, removalKey } from '../../core/plan/plan.ts';
import { policyOf } from '../../core/input/policy-for.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { Finding } from '../../core/model/verdict.ts';
import { inWordsOf } from '../../kinds/in-words.ts';
import { BestFindings } from '../../report/page/findings/best-findings.ts';
import type { Planned } from '../../report/page/findings/fate.ts';
import type { FindingOnPage } from '../../report/page/findings/finding-row.ts';
import { type PlanWaiting, renderReport } from '../../report/page/render-report.ts';
import { MOST_TAG_CHARACTERS, tagsToShow } from '../../report/page/findings/tags-to-show.ts';
import { believedLines, type LinesToBelieve } from '../../store/believed-lines.ts';
import type { FoldDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';
import { keysOf } from '../../store/keys.ts';

/** A page that stays quick, and lines that fit into memory: 50,000 findings are some 4 MB of page. */
export const FINDINGS_ON_PAGE = { most: 50_000, mostBytes: 64_000_000 };

/** What the order goes by; all the rest is read only of what is kept. */
const Ranked = z.object({
  resourceId: Finding.shape.resourceId,
  verdict: Finding.shape.verdict,
  sizeGiB: Finding.shape.sizeGiB,
  monthlyCostUsdUpTo: Finding.shape.monthlyCostUsdUpTo,
});

/** What names a finding in the plan. */
const Named = z.object({
  kind: Finding.shape.kind,
  accountId: Finding.shape.accountId,
  region: Finding.shape.region,
  resourceId: Finding.shape.resourceId,
});

/**
 * Writes `report.html` from the findings that are in the store already. The page is one rendering
 * of many: where it can't be made, everything else goes on.
 *
 * @returns what kept the page from being made; null: it is there
 */
export async function writeReport(
  { store, kinds }: Pick<FoldDeps, 'store' | 'kinds'>,
  { accounts }: Pick<Expected, 'accounts'>,
  summary: Summary,
  ended: {
    /** What the page is made of: no line that somebody else wrote since. */
    readonly findings: LinesToBelieve;
    readonly outcomes: readonly TargetOutcome[];
    readonly removals: readonly RemovalOutcome[];
    readonly plan: Plan | null;
    /** Where people are going to be asked about the plan: the page before the last one. */
    readonly waiting?: PlanWaiting;
  },
): Promise<string | null> {
  const keys = keysOf(summary.executionId);
  try {
    // Only here: what draws is half of the function's code, and takes time to load.
    const { chartsOf } = await import('../../report/page/charts/index.ts');
    const best = await bestFindings(store, ended.findings);
    const planned = plannedAmong(best.lines(), ended.plan);
    const page = renderReport({
      summary,
      charts: await chartsOf(summary, ended.outcomes),
      findings: parsed(best.lines()),
      findingsInAll: best.seen,
      removals: ended.removals,
      plannedFor: (finding) => planned.get(removalKey(finding)),
      accountNames: new Map(accounts.map(({ id, name }) => [id, name])),
      inWords: inWordsOf(kinds),
      ...(ended.waiting && { waiting: ended.waiting }),
    });
    // A call that died slowly must not put a page that waits over the one of the end.
    await store.put(keys.report, page, ended.waiting && { absent: true });
    return null;
  } catch (error) {
    // An earlier try of the same step has made it.
    if (ended.waiting !== undefined && error instanceof StoreConflict) return null;
    return error instanceof Error ? error.message : String(error);
  }
}

async function bestFindings(store: Store, { key, written }: LinesToBelieve): Promise<BestFindings> {
  const best = new BestFindings(FINDINGS_ON_PAGE);
  for await (const line of believedLines(store, key, written)) {
    const finding: unknown = JSON.parse(line);
    best.add(Ranked.parse(finding), withinBounds(line, finding));
  }
  return best;
}

/** Only of what the page shows: a plan may have a million resources, and their keys are long. */
function plannedAmong(lines: Iterable<string>, plan: Plan | null): Map<string, Planned> {
  const planned = new Map<string, Planned>();
  if (plan === null) return planned;
  const shown = new Set<string>();
  for (const line of lines) shown.add(removalKey(Named.parse(JSON.parse(line))));
  for (const entry of [plan.removals, plan.held].flat()) {
    const key = removalKey(entry);
    const { graceDays } = policyOf(plan, entry.accountId);
    if (shown.has(key)) planned.set(key, { entry, graceDays });
  }
  return planned;
}

/** One that has huge tags must not cost others their place: the page doesn't show them in full. */
function withinBounds(line: string, finding: unknown): string {
  if (line.length <= MOST_TAG_CHARACTERS) return line;
  const whole = Finding.parse(finding);
  const { shown, leftOut } = tagsToShow(whole.tags);
  const tags = Object.fromEntries(shown);
  return JSON.stringify({ ...whole, tags, tagsLeftOut: leftOut });
}

const Kept = Finding.extend({ tagsLeftOut: z.int().optional() });

function* parsed(lines: Iterable<string>): Generator<FindingOnPage> {
  for (const line of lines) yield Kept.parse(JSON.parse(line));
}
