import type { Shown } from '../core/plan/shown.ts';
import type { PlanToShow, Summarized, ToSummarize } from '../statemachine/contracts.ts';
import { showPlan } from '../steps/approve/show-plan.ts';
import { summarizeExecution } from '../steps/summarize/summarize-execution.ts';

type SummarizeDeps = Parameters<typeof summarizeExecution>[0] & Parameters<typeof showPlan>[0];

/** The end of an execution; or, before people are asked about its plan, what they look at. */
export async function summarize(
  deps: SummarizeDeps,
  asked: PlanToShow | ToSummarize,
): Promise<Shown | Summarized> {
  return 'awaits' in asked ? showPlan(deps, asked) : summarizeExecution(deps, asked);
}
