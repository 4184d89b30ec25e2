import type { FunctionName } from '../statemachine/contracts.ts';
import type { Deps } from '../steps/deps.ts';
import { discover } from './discover-target.ts';
import { listRegions } from './list-regions.ts';
import { plan } from './plan.ts';
import { prepare } from './prepare.ts';
import { recordFailed } from './record-failed-target.ts';
import { removePlanned } from './remove-planned.ts';
import { requestApproval } from './request-approval.ts';
import { summarize } from './summarize.ts';
import type { TypedFunction } from './typed-function.ts';

/** All functions of the state machine over the same collaborators, for a run in one process. */
export function makeFunctions(deps: Deps): Record<FunctionName, TypedFunction> {
  return {
    PrepareFunctionArn: prepare(deps),
    ListRegionsFunctionArn: listRegions(deps),
    DiscoverTargetFunctionArn: discover(deps),
    RecordFailedTargetFunctionArn: recordFailed(deps),
    PlanFunctionArn: plan(deps),
    RequestApprovalFunctionArn: requestApproval(deps),
    RemovePlannedFunctionArn: removePlanned(deps),
    SummarizeFunctionArn: summarize(deps),
  };
}
