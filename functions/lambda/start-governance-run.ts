import { SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { makeHubClients } from '../../adapters/aws-clients.ts';
import { systemClock } from '../../adapters/clock.ts';
import { makeDeployedMachine } from '../../adapters/deployed-machine.ts';
import { GovernanceEvent } from '../../core/governance.ts';
import { startGovernanceRun } from '../../sweep/start-governance-run.ts';
import { ENV, parseEnv } from '../env.ts';

export async function handler(event: unknown) {
  const env = parseEnv(ENV.StartGovernanceRun, process.env);
  const { sns } = makeHubClients();
  return startGovernanceRun(
    {
      machine: makeDeployedMachine(new SFNClient({ maxAttempts: 5 }), env.STATE_MACHINE_ARN),
      clock: systemClock,
      notify: async ({ subject, body }) => {
        await sns.send(
          new PublishCommand({ TopicArn: env.TOPIC_ARN, Subject: subject, Message: body }),
        );
      },
    },
    GovernanceEvent.parse(event),
  );
}
