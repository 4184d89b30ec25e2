import { SFNClient } from '@aws-sdk/client-sfn';
import { systemClock } from '../../clock/clock.ts';
import { makeDeployedMachine } from '../../aws/hub/deployed-machine.ts';
import { GovernanceEvent } from '../../core/input/governance.ts';
import {
  type GovernanceOutcome,
  startGovernanceRun,
} from '../../steps/prepare/start-governance-run.ts';
import { ENV } from '../env.ts';
import { connectHub, makeNotify } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'StartGovernanceRun',
  env: ENV.StartGovernanceRun,
  connect: (env, calls) => {
    const deps = {
      machine: makeDeployedMachine(new SFNClient({ maxAttempts: 5 }), env.STATE_MACHINE_ARN),
      clock: systemClock,
      notify: makeNotify(connectHub(calls), env),
    };
    return async (event) => startGovernanceRun(deps, GovernanceEvent.parse(event));
  },
  tell: (outcome: GovernanceOutcome) => {
    if (outcome.status !== 'WATCHED') return { status: outcome.status, counts: {} };
    const { status, daysSinceGovernanceRun: days } = outcome;
    return { status, counts: { days }, metrics: { DaysSinceGovernanceRun: days } };
  },
});
