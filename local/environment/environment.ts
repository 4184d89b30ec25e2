import { resolve } from 'node:path';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { ClientOptions } from '../../aws/sessions/aws-clients.ts';
import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
import { makeFirstSts } from '../connection/first-sts.ts';
import { makeAwsTime } from '../../clock/aws-time.ts';
import type { Clock } from '../../clock/clock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import { callerIdentity } from '../../aws/sessions/spoke-session.ts';
import { keepSpokes, makeHub } from '../../functions/deps.ts';
import type { ActsAs } from '../../core/model/acts-as.ts';
import { type Floors, noFloors } from '../../core/floors/floors.ts';
import { inShell } from '../../report/format/in-shell.ts';
import { removableNames } from '../../kinds/among.ts';
import { KINDS, SKIPPABLE_SOURCES } from '../../kinds/registry.ts';
import type { FunctionName } from '../../statemachine/contracts.ts';
import type { Deps, Settings } from '../../steps/deps.ts';
import type { RunArguments } from '../arguments/run-arguments.ts';
import { type SnsMessage, toSnsMessage } from '../../report/message/sns-message.ts';
import type { LambdaFunction } from '../engine/lambda-function.ts';
import { makeProcessSeals } from '../engine/process-seals.ts';

/** Where a local run happens: the real APIs, or the simulated organization. */
export interface Environment {
  readonly deps: Deps;
  /** Before the first function of an execution: from now on this process seals what it writes. */
  readonly begin: (executionId: string) => void;
  readonly partition: string;
  /** Before the name of an execution that could not be summed up; left out: there is only a new one. */
  readonly whatToDo?: string;
  readonly actsAs: ActsAs;
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
  /** What the credentials were found by. */
  readonly source?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What of a command's arguments says whom to talk to, and as whom. */
export type ConnectArguments = Pick<
  RunArguments,
  'out' | 'enableDeletion' | 'roleNames' | 'self' | 'topic'
> & {
  /** Of a deployment; left out: nobody set any. */
  readonly floors?: Floors;
};

/**
 * All that the functions need, over the AWS APIs that `access` leads to.
 *
 * @throws what STS answers when the credentials are missing or no good
 */
export async function connect(args: ConnectArguments, access: AwsAccess) {
  const { region, source = null, clock, signal } = access;
  // Plan talks to nobody but a folder here.
  const awsTime = makeAwsTime(clock, async () => callerIdentity(hubClients.sts));
  const clients = { ...access.clients, awsTime };
  const hubClients = makeHubClients({ ...clients, region });
  const caller = await callerIdentity(makeFirstSts(clients, region));
  const { topic } = args;
  const publish = makePublish(topic, clients);
  const { accountId, arn } = caller;
  const actsAs: ActsAs = { accountId, arn, region, source };
  const hub = makeHub(hubClients, { region, partition: caller.partition }, clients);
  const own = { id: accountId, name: accountId, state: 'ACTIVE', path: null };
  const alone = {
    onlyAccount: accountId,
    listAccounts: async function* () {
      yield own;
    },
    findAccount: async (id: string) => (id === accountId ? own : undefined),
  };
  const seals = makeProcessSeals();
  const deps: Deps = {
    store: makeFolderStore(args.out),
    clock,
    awsTime,
    settings: settingsFor(args),
    kinds: KINDS,
    hub: args.self ? { ...hub, ...alone } : hub,
    spokesFor: keepSpokes({
      kinds: KINDS,
      sts: hubClients.sts,
      hubAccountId: accountId,
      partition: caller.partition,
      roleNames: {
        discover: args.roleNames.discovery,
        remove: args.roleNames.deletion,
        restore: args.roleNames.restore,
      },
      ownAccount: args.self ? 'ALONE' : 'DIRECTLY',
      now: () => clock.now(),
      clients,
    }),
    sealOf: seals.sealOf,
    decidedInFolder: true,
    notify: async (message) => {
      if (topic !== undefined) await publish(toSnsMessage(topic, message));
    },
    actsAs: async () => actsAs,
    approvalOptions: `--out ${inShell(resolve(args.out))}`,
    signal,
  };
  return { deps, begin: seals.begin, partition: caller.partition, actsAs, publish };
}

/** EC2 refills DeleteSnapshot's bucket with 5 a second, for everybody in the account. */
function settingsFor({ enableDeletion, floors }: ConnectArguments): Settings {
  return {
    deletionEnabled: enableDeletion,
    protectTags: [],
    floors: floors ?? noFloors(SKIPPABLE_SOURCES),
    deletionKinds: removableNames(KINDS),
    removalsPerSecond: 2,
    removalBudgetSeconds: 600,
  };
}

function makePublish(topic: string | undefined, clients: ClientOptions): Environment['publish'] {
  if (topic === undefined) return async () => undefined;
  // SNS takes a message for a topic only in the topic's own Region.
  const { sns } = makeHubClients({ ...clients, region: topic.split(':')[3] });
  return async (message) => void (await sns.send(new PublishCommand(message)));
}
