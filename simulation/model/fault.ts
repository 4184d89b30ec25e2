/**
 * How a call may be answered instead of with the real answer. `throttle`: RequestLimitExceeded.
 * `error`: HTTP 500 InternalError. `deny`: UnauthorizedOperation. `reset`: the connection breaks off.
 * `truncate`: the listing's body breaks off in the middle. `html`: what an emulator says to a call it
 * doesn't know. `portal`: a proxy's page, with status 200, and nothing is carried out. `timeout`: nothing comes, until the caller gives up or the server closes. `expired`:
 * the credentials are. `unknown-key`, `signature`: they are no good, or the clock is wrong.
 * `unsubscribed`: AWS doesn't serve the account. `unsupported`: there is no such operation here.
 * `scp`: denied, and a service control policy is named. `lost`: the call is carried out, and its answer doesn't arrive. `repeat`: a
 * listing's page comes with the token that asked for it, so that it comes again. `short`: the page
 * ends after some items, and its token goes on there.
 */
export const FAULT_ANSWERS = [
  'throttle',
  'error',
  'deny',
  'reset',
  'truncate',
  'html',
  'portal',
  'timeout',
  'expired',
  'unknown-key',
  'signature',
  'unsubscribed',
  'unsupported',
  'scp',
  'lost',
  'repeat',
  'short',
] as const;

/** A fault to answer with instead of the real answer. */
export interface SimFault {
  readonly operation: string;
  readonly accountId?: string;
  readonly region?: string;
  /** Which matching calls, counted from 1; omitted: all. */
  readonly calls?: { readonly from: number; readonly to: number };
  readonly answer: (typeof FAULT_ANSWERS)[number];
}
