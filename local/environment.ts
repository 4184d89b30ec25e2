import { PublishCommand } from '@aws-sdk/client-sns';
import { type ClientOptions, type HubClients, makeHubClients } from '../adapters/aws-clients.ts';
import type { Clock } from '../adapters/clock.ts';
import { makeFolderStore } from '../adapters/folder-store.ts';
import { listAccounts } from '../adapters/organizations.ts';
import { listRegionsOfService } from '../adapters/service-regions.ts';
import { listRegions } from '../adapters/regions.ts';
import {
  callerIdentity,
  type CallerIdentity,
  makeSpokeSessions,
  type SpokeSessions,
} from '../adapters/spoke-session.ts';
import { KINDS, permissionsOf } from '../kinds/registry.ts';
import type { FunctionName } from '../statemachine/contracts.ts';
import type { Deps, Hub, Settings } from '../sweep/deps.ts';
import type { RunArguments } from './arguments.ts';
import type { SnsMessage } from './engine.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** Where a local run happens: the real APIs, or the simulated organization. */
export interface Environment {
  readonly deps: Deps;
  readonly partition: string;
  /** Sends the summary to the topic; without one there is nothing to do. */
  readonly publish: (message: SnsMessage) => Promise<void>;
  /** Milliseconds to wait for so many seconds of a Retry. */
  readonly retryWait: (seconds: number) => number;
  /** At most so many accounts, or targets to remove in, at once; left out: as many as in AWS. */
  readonly maxChildren?: number;
  /** A chance to crash a function on purpose. */
  readonly wrap: (name: FunctionName, call: LambdaFunction) => LambdaFunction;
  readonly close: () => Promise<void>;
}

export interface AwsAccess {
  readonly clients: ClientOptions;
  readonly region: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What of a command's arguments says whom to talk to, and as whom. */
export type ConnectArguments = Pick<
  RunArguments,
  'out' | 'enableDeletion' | 'roleNames' | 'self' | 'topic'
>;

/** The Region in which AWS keeps a partition's global services. */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * All that the functions need, over the AWS APIs that `access` leads to.
 *
 * @throws what STS answers when the credentials are missing or no good
 */
export async function connect(args: ConnectArguments, access: AwsAccess) {
  const { clients, region, clock, signal } = access;
  const hubClients = makeHubClients({ ...clients, region });
  const caller = await callerIdentity(hubClients.sts);
  const { topic } = args;
  const publish = makePublish(topic, clients);
  const sessions = new Map<string, SpokeSessions>();
  const deps: Deps = {
    store: makeFolderStore(args.out),
    clock,
    settings: settingsFor(args),
    kinds: KINDS,
    hub: makeHub(args, hubClients, { region, caller }),
    // One set of sessions an execution: it keeps those it has assumed.
    spokesFor: (executionId) => {
      const opened = sessions.get(executionId);
      if (opened !== undefined) return opened;
      const spokes = openSpokes(args, access, { executionId, hubClients, caller });
      sessions.set(executionId, spokes);
      return spokes;
    },
    notify: async ({ subject, body }) => {
      if (topic !== undefined) await publish({ TopicArn: topic, Subject: subject, Message: body });
    },
    approvalOptions: `--out ${args.out}`,
    signal,
  };
  return { deps, partition: caller.partition, publish };
}

/** EC2 refills DeleteSnapshot's bucket with 5 a second, for everybody in the account. */
function settingsFor({ enableDeletion }: ConnectArguments): Settings {
  return {
    deletionEnabled: enableDeletion,
    protectTags: [],
    removalsPerSecond: 2,
    removalBudgetSeconds: 600,
  };
}

function makeHub(
  { self }: ConnectArguments,
  { organizations, ec2, ssm }: Pick<HubClients, 'organizations' | 'ec2' | 'ssm'>,
  { region, caller }: { region: string; caller: CallerIdentity },
): Hub {
  const { accountId } = caller;
  return {
    listAccounts: async function* () {
      if (self) yield { id: accountId, name: accountId, state: 'ACTIVE', path: null };
      else yield* listAccounts(organizations);
    },
    listRegionNames: async () => (await listRegions(ec2)).map(({ name }) => name),
    listRegionsOfService: async (service) => listRegionsOfService(ssm, service),
    region,
    globalRegion: GLOBAL_REGIONS[caller.partition] ?? region,
  };
}

function openSpokes(
  { roleNames, self }: ConnectArguments,
  { clients, clock }: AwsAccess,
  run: { executionId: string; hubClients: HubClients; caller: CallerIdentity },
): SpokeSessions {
  return makeSpokeSessions({
    sts: run.hubClients.sts,
    hubAccountId: run.caller.accountId,
    partition: run.caller.partition,
    roleNames: {
      discover: roleNames.discovery,
      remove: roleNames.deletion,
      restore: roleNames.restore,
    },
    ownAccount: self ? 'ALONE' : 'DIRECTLY',
    executionId: run.executionId,
    actions: {
      discover: permissionsOf('discover'),
      remove: permissionsOf('remove'),
      restore: permissionsOf('restore'),
    },
    now: () => clock.now(),
    clients,
  });
}

function makePublish(topic: string | undefined, clients: ClientOptions): Environment['publish'] {
  if (topic === undefined) return async () => undefined;
  // SNS takes a message for a topic only in the topic's own Region.
  const { sns } = makeHubClients({ ...clients, region: topic.split(':')[3] });
  return async (message) => void (await sns.send(new PublishCommand(message)));
}
