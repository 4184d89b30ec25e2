import { PublishCommand } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { type HubService, makeHubClient, SNS, STS } from '../../aws/sessions/hub-clients.ts';
import type { AnyClient } from '../../aws/sessions/wire-guard.ts';
import { makeAwsTime } from '../../clock/aws-time.ts';
import { systemClock } from '../../clock/clock.ts';
import { makeKmsClient, makeKmsSeals } from '../../aws/sessions/kms-seals.ts';
import { makeS3Client, makeS3Store } from '../../store/s3-store.ts';
import { toSnsMessage } from '../../report/message/sns-message.ts';
import type { Purpose } from '../../aws/sessions/purpose.ts';
import { Region } from '../../core/model/ids.ts';
import { KINDS } from '../../kinds/registry.ts';
import type { Deps } from '../../steps/deps.ts';
import { keepSpokes } from '../deps.ts';
import { type ENV, parseEnv } from '../env.ts';
import type { CallCount } from './call-count.ts';

/** Set by Lambda itself. */
const Runtime = z.object({ AWS_REGION: Region });

/** Of all that this function hears from AWS. */
const awsTime = makeAwsTime(systemClock);

/** AWS as the function's own role and Region give it. */
export interface Connection {
  readonly region: string;
  /** The client of one service. A function has in it what it asks for here, and no more. */
  of<C extends AnyClient>(service: HubService<C>): C;
}

export function connectStore({
  BUCKET,
}: {
  BUCKET: string;
}): Pick<Deps, 'store' | 'clock' | 'awsTime'> {
  const store = makeS3Store({ client: makeS3Client({ awsTime }), bucket: BUCKET });
  return { store, clock: systemClock, awsTime };
}

export function connectHub(calls: CallCount): Connection {
  const { AWS_REGION: region } = parseEnv(Runtime, process.env);
  const counted: Record<string, number> = {};
  calls.keep(counted);
  return { region, of: (service) => makeHubClient(service, { region, awsTime }, counted) };
}

/** The store, and the seals of what the steps of an execution hand to each other in it. */
export function connectSealedStore(
  env: { BUCKET: string; SEAL_KEY_ARN: string },
  calls: CallCount,
): Pick<Deps, 'store' | 'clock' | 'awsTime' | 'sealOf'> {
  const client = makeKmsClient();
  calls.keep(client.calls);
  return { ...connectStore(env), sealOf: makeKmsSeals(client.kms, env.SEAL_KEY_ARN) };
}

/** Tells whoever subscribed to the deployment's topic. */
export function makeNotify(hub: Connection, { TOPIC_ARN }: { TOPIC_ARN: string }): Deps['notify'] {
  const sns = hub.of(SNS);
  return async (message) =>
    void (await sns.send(new PublishCommand(toSnsMessage(TOPIC_ARN, message))));
}

/** A deployed function enters every account by a role, the hub's own too. */
export function connectSpokes(
  env: Omit<z.output<typeof ENV.ListRegions>, 'DISCOVERY_ROLE_NAME'>,
  roleNames: Partial<Record<Purpose, string>>,
  hub: Connection,
  calls: CallCount,
): Deps['spokesFor'] {
  const spokesFor = keepSpokes({
    kinds: KINDS,
    sts: hub.of(STS),
    hubAccountId: env.HUB_ACCOUNT_ID,
    partition: env.PARTITION,
    roleNames,
    externalId: env.EXTERNAL_ID,
    ownAccount: 'BY_ROLE',
    now: () => systemClock.now(),
    clients: { awsTime },
  });
  return (executionId) => calls.watch(spokesFor(executionId));
}
