import type { Clock } from '../../../clock/clock.ts';
import type { SimPerson, Caller, PolicyStatement, SpokeRole } from '../call/service.ts';
import { seededKey } from '../call/seeded.ts';

/** The hub's own principal. Fixed: the simulation has no secrets. */
export const HUB_CREDENTIALS = {
  accessKeyId: 'AKIAORGSWEEPSIMULATE',
  secretAccessKey: 'simulated-secret-access-key-00000000000',
} as const;

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
  readonly caller: Caller;
}

export interface SessionRequest {
  readonly accountId: string;
  readonly role: Caller['role'];
  readonly roleName: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly policy?: readonly PolicyStatement[];
}

export type Identification =
  | { readonly caller: Caller }
  /** What is wrong with the credentials; each service has its own code for it. */
  | { readonly problem: 'MISSING' | 'UNKNOWN_KEY' | 'EXPIRED' };

/** Who holds which access key: the hub's fixed one, people's, and the sessions that AssumeRole gave out. */
export class Callers {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #hub: Caller;
  readonly #actionsOf: (role: SpokeRole) => readonly string[];
  readonly #people: ReadonlyMap<string, Caller>;
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #sessions = new Map<string, Session>();

  constructor({
    clock,
    seed,
    hubAccountId,
    people = [],
    actionsOf,
  }: {
    clock: Clock;
    seed: number;
    hubAccountId: string;
    people?: readonly SimPerson[];
    /** What each spoke role may do at all. */
    actionsOf: (role: SpokeRole) => readonly string[];
  }) {
    this.#actionsOf = actionsOf;
    this.#clock = clock;
    this.#seed = seed;
    this.#hub = {
      accountId: hubAccountId,
      arn: `arn:aws:iam::${hubAccountId}:user/orgsweep`,
      userId: 'AIDAORGSWEEPSIMULATE',
      accessKeyId: HUB_CREDENTIALS.accessKeyId,
      role: 'hub',
    };
    this.#secrets = new Map(
      [HUB_CREDENTIALS, ...people].map((one) => [one.accessKeyId, one.secretAccessKey]),
    );
    this.#people = new Map(
      people.map((person) => {
        const { accessKeyId, arn } = person;
        const accountId = arn.split(':')[4] ?? '';
        const userId = `AIDA${seededKey(seed, 16, arn)}`;
        return [accessKeyId, { accountId, arn, userId, accessKeyId, role: 'hub', person }];
      }),
    );
  }

  /** A session key without its token is refused like an unknown one, as AWS does. */
  identify(accessKeyId: string | undefined, sessionToken: string | undefined): Identification {
    if (accessKeyId === undefined) return { problem: 'MISSING' };
    if (accessKeyId === HUB_CREDENTIALS.accessKeyId) return { caller: this.#hub };
    const person = this.#people.get(accessKeyId);
    if (person !== undefined) return { caller: person };
    const session = this.#sessions.get(accessKeyId);
    if (session === undefined || session.sessionToken !== sessionToken) {
      return { problem: 'UNKNOWN_KEY' };
    }
    if (session.expiration <= this.#clock.now()) return { problem: 'EXPIRED' };
    return { caller: session.caller };
  }

  /** Of a caller that `identify` knows. */
  secretOf(accessKeyId: string): string {
    const session = this.#sessions.get(accessKeyId);
    return session?.secretAccessKey ?? this.#secrets.get(accessKeyId) ?? '';
  }

  openSession(request: SessionRequest): Session {
    const number = this.#sessions.size + 1;
    const accessKeyId = `ASIA${seededKey(this.#seed, 16, 'access-key', number)}`;
    const { accountId, role, roleName, sessionName, durationSeconds, policy } = request;
    const session: Session = {
      accessKeyId,
      secretAccessKey: seededKey(this.#seed, 32, 'secret', number),
      sessionToken: seededKey(this.#seed, 32, 'token', number),
      expiration: new Date(this.#clock.now().getTime() + durationSeconds * 1000),
      caller: {
        accountId,
        arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
        userId: `AROA${seededKey(this.#seed, 16, accountId, roleName)}:${sessionName}`,
        accessKeyId,
        role,
        ...(role !== 'hub' && { roleActions: this.#actionsOf(role) }),
        ...(policy && { sessionPolicy: policy }),
      },
    };
    this.#sessions.set(accessKeyId, session);
    return session;
  }
}
