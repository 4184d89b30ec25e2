import type { FunctionName } from '../statemachine/contracts.ts';
import { requestApproval } from '../steps/approve/request-approval.ts';
import type { Deps } from '../steps/deps.ts';
import { discoverTarget } from '../steps/discover/discover-target.ts';
import { planRemovals } from '../steps/plan/plan-removals.ts';
import { listTargetRegions } from '../steps/prepare/list-target-regions.ts';
import { prepareExecution } from '../steps/prepare/prepare-execution.ts';
import { removeTarget } from '../steps/remove/remove-target.ts';
import { recordFailedTarget } from '../steps/targets/record-failed-target.ts';
import { summarize } from './summarize.ts';
import { type TypedFunction, typedFunction } from './typed-function.ts';

/**
 * All functions of the state machine over the same collaborators, for a run in one process. What is
 * deployed is in `lambda/`: each of those imports its own step and no other, as its bundle is what a
 * cold start has to read.
 */
export function makeFunctions(deps: Deps): Record<FunctionName, TypedFunction> {
  return {
    PrepareFunctionArn: typedFunction('PrepareFunctionArn', prepareExecution, deps),
    ListRegionsFunctionArn: typedFunction('ListRegionsFunctionArn', listTargetRegions, deps),
    DiscoverTargetFunctionArn: typedFunction('DiscoverTargetFunctionArn', discoverTarget, deps),
    RecordFailedTargetFunctionArn: typedFunction(
      'RecordFailedTargetFunctionArn',
      recordFailedTarget,
      deps,
    ),
    PlanFunctionArn: typedFunction('PlanFunctionArn', planRemovals, deps),
    RequestApprovalFunctionArn: typedFunction('RequestApprovalFunctionArn', requestApproval, deps),
    RemovePlannedFunctionArn: typedFunction('RemovePlannedFunctionArn', removeTarget, deps),
    SummarizeFunctionArn: typedFunction('SummarizeFunctionArn', summarize, deps),
  };
}
