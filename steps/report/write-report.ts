import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import type { HeldRemoval, Plan } from '../../core/plan/plan.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { chartsOf } from '../../report/page/charts/index.ts';
import type { Planned } from '../../report/page/findings/fate.ts';
import type { FindingsOnPage } from '../../report/page/findings/findings-on-page.ts';
import { type PlanWaiting, renderReport } from '../../report/page/render-report.ts';
import { keysOf } from '../../store/keys.ts';
import { type Store, StoreConflict } from '../../store/store.ts';
import { resourceKey } from '../../core/model/ids.ts';
import { plannedOf } from './planned-by-target.ts';

/**
 * Writes `report.html` from the findings that were gathered. The page is one rendering of many: where
 * it can't be made, everything else goes on.
 *
 * @returns what kept the page from being made; null: it is there
 */
export async function writeReport(
  store: Store,
  summary: Summary,
  ended: {
    readonly onPage: FindingsOnPage;
    readonly outcomes: readonly TargetOutcome[];
    readonly removals: readonly RemovalOutcome[];
    readonly plan: Plan | null;
    /** Of what the plan holds beside itself, that which the page shows. */
    readonly heldOnPage?: readonly HeldRemoval[];
    /** Where people are going to be asked about the plan: the page before the last one. */
    readonly waiting?: PlanWaiting;
  },
): Promise<string | null> {
  const keys = keysOf(summary.executionId);
  try {
    const planned = plannedAmong(ended);
    const page = renderReport({
      summary,
      charts: chartsOf(summary, ended.outcomes),
      findings: ended.onPage.rows(),
      findingsInAll: ended.onPage.seen,
      advised: ended.onPage.advised,
      removals: ended.removals,
      plannedFor: (finding) => planned.get(resourceKey(finding)),
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

/** Notes, of all that is held, what the page shows: a plan may have a million resources. */
export function noteHeldOnPage(onPage: FindingsOnPage) {
  const shown = keysOnPage(onPage);
  const heldOnPage: HeldRemoval[] = [];
  const onHeld = (held: HeldRemoval) => {
    if (shown.has(resourceKey(held))) heldOnPage.push(held);
  };
  return { heldOnPage, onHeld };
}

/** Only of what the page shows: a plan may have a million resources, and their keys are long. */
function plannedAmong({
  onPage,
  plan,
  heldOnPage = [],
}: Pick<Parameters<typeof writeReport>[2], 'onPage' | 'plan' | 'heldOnPage'>): Map<
  string,
  Planned
> {
  const planned = new Map<string, Planned>();
  if (plan === null) return planned;
  const shown = keysOnPage(onPage);
  for (const entry of [plan.removals, plan.held, heldOnPage].flat()) {
    const key = resourceKey(entry);
    if (shown.has(key)) planned.set(key, plannedOf(plan, entry));
  }
  return planned;
}

function keysOnPage(onPage: FindingsOnPage): Set<string> {
  const shown = new Set<string>();
  for (const row of onPage.rows()) shown.add(resourceKey(row));
  return shown;
}
