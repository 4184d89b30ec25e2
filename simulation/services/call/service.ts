/**
 * What the simulation's server and its services say to each other: a parsed request with its
 * caller in, a response out. A service that refuses throws `ServiceError`; the protocol it speaks
 * turns that into the right document.
 */

/** The roles that orgsweep has in every account. */
export type SpokeRole = 'discovery' | 'deletion' | 'restore';

/** Somebody with keys of their own, who may do what is named here and nothing else. */
export interface SimPerson {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly arn: string;
  /** Patterns of `service:Operation`, the operation as the API calls it. */
  readonly actions: readonly string[];
  /** Roles of their own account, by path and name. */
  readonly mayAssume: readonly string[];
}

/** Whom an access key belongs to. */
export interface Caller {
  readonly accountId: string;
  /** `arn:aws:iam::…:user/…` of the hub's own principal, or `arn:aws:sts::…:assumed-role/…`. */
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
  /** `hub`: the hub's own principal, or a person. The others: sessions of a spoke role. */
  readonly role: 'hub' | SpokeRole;
  /** Of a spoke role: what it may do at all. Conditions on tags are asked where the tags are. */
  readonly roleActions?: readonly string[];
  /** Somebody of the hub's account who may do less than its own principal. */
  readonly person?: SimPerson;
  /** The session's inline policy: what it doesn't allow, the session may not do. */
  readonly sessionPolicy?: readonly PolicyStatement[];
}

/** Actions and resources are patterns with `*` and `?`. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface SimRequest {
  readonly method: string;
  /** As it stands on the wire, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as sent, except that `aws-chunked` content arrives decoded. */
  readonly body: Buffer;
  readonly region: string;
  /** The service's name in the credential scope: `ec2`, `rbin`, `sts`, … */
  readonly service: string;
  readonly caller: Caller;
}

export interface SimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /**
   * `reset`: the connection breaks off at once. `truncate`: it does after half of the body.
   * `silence`: it stays open, and nothing comes.
   */
  readonly breakOff?: 'reset' | 'truncate' | 'silence';
}

/** A refusal, with the code and the words AWS has for it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
