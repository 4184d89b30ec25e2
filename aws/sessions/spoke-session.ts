import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { ActsAs } from '../../core/model/acts-as.ts';
import { WrongAccount } from '../../core/model/errors.ts';
import { assumeRole } from './assume-role.ts';
import { makeSpokeClients, requestHandlerFor } from './aws-clients.ts';
import type { ClientOptions, RequestTimes, SpokeClients } from './aws-clients.ts';
import { toNamedError } from '../answers/aws-error.ts';
import type { Purpose } from './purpose.ts';
import type { Allowed } from './wire-guard.ts';
import { changingPolicy, readingPolicy } from './session-policy.ts';

/**
 * What a session is for: reading, for all kinds in one session, or one step of one kind, or its way
 * back. The resources of a step that only exact ARNs fence in are named as well, each after
 * `arn:PARTITION:`.
 *
 * @internal Tests put sessions of their own in the place of these.
 */
export type SessionAsked =
  | [accountId: string, region: string, purpose: 'discover', change?: undefined]
  | [accountId: string, region: string, purpose: Exclude<Purpose, 'discover'>, change: Change];

interface Change {
  readonly kind: string;
  readonly step: string;
  readonly arns?: readonly string[];
}

/** IAM actions: of the sessions that read, and by kind and step of those that change something. */
export interface SessionActions {
  readonly discover: readonly string[];
  readonly remove: ActionsByStep;
  readonly restore: ActionsByStep;
}

type ActionsByStep = Readonly<Record<string, Readonly<Record<string, ChangeActions>>>>;

/** Those of one step. */
export interface ChangeActions {
  readonly actions: readonly string[];
  /** Each of its sessions is for a few resources, which it names. */
  readonly isOfExactArns?: true;
}

/**
 * `DIRECTLY`: with the caller's own credentials. `BY_ROLE`: with a role, like every other account;
 * what a deployed function may do in the hub's account is what the role there says. `ALONE`:
 * directly, and no other account is entered at all.
 */
type OwnAccount = 'DIRECTLY' | 'BY_ROLE' | 'ALONE';

export interface SpokeSessionOptions {
  /** The caller's own STS client, in the hub's Region. */
  readonly sts: STSClient;
  /** The account of the caller's own credentials. */
  readonly hubAccountId: string;
  readonly partition: string;
  /** A purpose without a role is refused wherever a role is needed. */
  readonly roleNames: Readonly<Partial<Record<Purpose, string>>>;
  readonly externalId?: string | undefined;
  readonly ownAccount: OwnAccount;
  readonly executionId: string;
  /** Each session is limited to its own, whatever its role allows. */
  readonly actions: SessionActions;
  readonly now: () => Date;
  /** How the clients are made; `credentials` are the hub's own, undefined: the SDK's chain. */
  readonly clients?: ClientOptions;
}

export interface SpokeSessions {
  /**
   * Clients for one account and Region, in a session of that account and no other. Where an account is
   * entered directly there is no session, and what leaves is narrowed to the actions alone.
   *
   * @throws {RoleUnavailable | WrongAccount | Throttled} and whatever else STS answers
   */
  open(...asked: SessionAsked): Promise<SpokeClients>;
}

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
}

interface Session {
  readonly credentials: NonNullable<ClientOptions['credentials']>;
  readonly expiresAt: number;
}

/** A session is used again only if it outlives the longest function (15 minutes). */
const MIN_REMAINING_MS = 20 * 60_000;
/**
 * Of clients that remove. Each request is sent once: the SDK's own retry would send a removal again
 * long after its check, and without a look whether the first one was carried out.
 */
const REMOVAL_ATTEMPTS = 1;
/** With a short time to connect in, so that a request can't leave late either. */
const REMOVAL_REQUESTS: RequestTimes = {
  connectionTimeout: 3_000,
  requestTimeout: 60_000,
  throwOnRequestTimeout: true,
};

export function makeSpokeSessions(options: SpokeSessionOptions): SpokeSessions {
  const narrowings = narrowingsOf(options.actions);
  const sessions = new Map<string, Promise<Session>>();
  let identity: Promise<CallerIdentity> | undefined;

  async function sessionIn(accountId: string, narrowing: Narrowing): Promise<Session> {
    // Nobody asks for the same resources again.
    if (narrowing.isOfExactArns) return openSession(options, accountId, narrowing);
    const key = `${accountId}/${narrowing.key}`;
    const opened = sessions.get(key);
    if (opened) {
      const open = await opened;
      if (open.expiresAt - options.now().getTime() >= MIN_REMAINING_MS) return open;
    }
    const session = openSession(options, accountId, narrowing);
    sessions.set(key, session);
    return forgettingFailure(session, () => sessions.delete(key));
  }

  async function checkOwnAccount(accountId: string): Promise<void> {
    identity ??= forgettingFailure(callerIdentity(options.sts), () => (identity = undefined));
    refuseOtherAccount(accountId, (await identity).accountId);
  }

  return {
    open: async (...asked) => {
      const [accountId, region, purpose, change] = asked;
      const narrowing = narrowedTo(
        change?.arns?.map((arn) => `arn:${options.partition}:${arn}`),
        narrowings.get(sessionKey(purpose, change)),
      );
      if (narrowing === undefined) {
        throw new Error(`no session is known to ${purpose} ${change?.kind}, step ${change?.step}`);
      }
      const { allows } = narrowing;
      const client = {
        ...clientOptions(options, purpose),
        ...{ accountId, region, allows, changesOnce: purpose === 'restore' },
      };
      if (isEnteredDirectly(options, accountId)) {
        await checkOwnAccount(accountId);
        return makeSpokeClients(client);
      }
      const { credentials } = await sessionIn(accountId, narrowing);
      return makeSpokeClients({ ...client, credentials });
    },
  };
}

function isEnteredDirectly({ ownAccount, hubAccountId }: SpokeSessionOptions, accountId: string) {
  switch (ownAccount) {
    case 'ALONE':
      return true;
    case 'DIRECTLY':
      return accountId === hubAccountId;
    case 'BY_ROLE':
      return false;
  }
}

/** Who the caller's credentials are. @throws what STS answers, or the SDK when there are none */
export async function callerIdentity(sts: STSClient): Promise<CallerIdentity> {
  try {
    const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn, partition: Arn.split(':')[1] ?? '' };
  } catch (error) {
    throw toNamedError(error);
  }
}

/** As `callerIdentity`, for people to read. */
export async function actsAs(sts: STSClient, region: string): Promise<ActsAs> {
  const { accountId, arn } = await callerIdentity(sts);
  return { accountId, arn, region, source: null };
}

function clientOptions({ clients }: SpokeSessionOptions, purpose: Purpose): ClientOptions {
  if (purpose !== 'remove') return { ...clients };
  const requestHandler = requestHandlerFor(clients ?? {}, REMOVAL_REQUESTS);
  return { ...clients, maxAttempts: REMOVAL_ATTEMPTS, requestHandler };
}

async function openSession(
  options: SpokeSessionOptions,
  accountId: string,
  { purpose, policy }: Narrowing,
): Promise<Session> {
  const roleName = options.roleNames[purpose];
  if (roleName === undefined) throw new Error(`no role is known for sessions that ${purpose}`);
  const assumed = await assumeRole(options.sts, {
    RoleArn: `arn:${options.partition}:iam::${accountId}:role/${roleName}`,
    RoleSessionName: `orgsweep-${options.executionId}`.slice(0, 64),
    Policy: policy,
    ...(options.externalId === undefined ? {} : { ExternalId: options.externalId }),
  });
  refuseOtherAccount(accountId, assumed.accountId);
  const { credentials } = assumed;
  return { credentials, expiresAt: credentials.expiration.getTime() };
}

/** How far sessions of one sort go: what STS is told, and what their clients let out. */
interface Narrowing {
  /** Tells it from the others. */
  readonly key: string;
  readonly purpose: Purpose;
  readonly policy: string;
  readonly allows: Allowed;
  readonly isOfExactArns?: true | undefined;
}

/** By their keys. @throws when STS would not take a policy */
function narrowingsOf({
  discover,
  remove,
  restore,
}: SessionActions): ReadonlyMap<string, Narrowing> {
  const changes = (purpose: Purpose, byKind: ActionsByStep) =>
    Object.entries(byKind).flatMap(([kind, bySteps]) =>
      Object.entries(bySteps).map(([step, { actions, isOfExactArns }]): Narrowing => {
        const policy = changingPolicy(actions);
        const key = sessionKey(purpose, { kind, step });
        return { key, purpose, policy, allows: actions, isOfExactArns };
      }),
    );
  const reading = {
    purpose: 'discover',
    policy: readingPolicy(discover),
    allows: 'READS',
  } as const;
  const narrowings = [
    { key: sessionKey('discover'), ...reading },
    ...changes('remove', remove),
    ...changes('restore', restore),
  ];
  return new Map(narrowings.map((narrowing) => [narrowing.key, narrowing]));
}

function sessionKey(purpose: Purpose, change?: Change): string {
  return change === undefined ? purpose : `${purpose}/${change.kind}/${change.step}`;
}

/** @throws where exact ARNs are all that fences a session in, and none is named */
function narrowedTo(
  arns: readonly string[] | undefined,
  narrowing: Narrowing | undefined,
): Narrowing | undefined {
  if (!narrowing?.isOfExactArns || narrowing.allows === 'READS') return narrowing;
  if (arns === undefined || arns.length === 0) {
    throw new Error(`a session for ${narrowing.key} names the resources that it is for`);
  }
  return { ...narrowing, policy: changingPolicy(narrowing.allows, arns) };
}

function refuseOtherAccount(expected: string, actual: string | undefined): void {
  if (actual === expected) return;
  throw new WrongAccount(
    `account ${expected} was asked for, the session is in ${actual || 'an account that STS did not name'}`,
  );
}

async function forgettingFailure<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    forget();
    throw error;
  }
}
