import type { BucketSize } from './token-buckets.ts';
import type { ServiceError, SimRequest, SimResponse } from './service.ts';

/** A request whose operation is known, not yet answered. */
export interface OpenCall {
  readonly operation: string;
  /** Whom the call is about; see `SimCall`. */
  readonly accountId: string;
  readonly bucket?: { readonly name: string; readonly size: BucketSize };
  /** @throws {ServiceError} what AWS refuses */
  answer(requestId: string): Promise<SimResponse>;
}

/** The refusals that every service has, each with its own code and words for them. */
export type CommonRefusal =
  | 'MISSING'
  | 'UNKNOWN_KEY'
  | 'EXPIRED'
  | 'BAD_SIGNATURE'
  | 'NOT_SUBSCRIBED'
  | 'UNSUPPORTED'
  | 'THROTTLED'
  | 'DENIED'
  | 'INTERNAL';

/** One AWS service as the server sees it. */
export interface Endpoint {
  /** @throws {ServiceError} when the request names no operation */
  open(request: SimRequest): OpenCall;
  refusal(kind: CommonRefusal): ServiceError;
  toError(error: ServiceError, requestId: string): SimResponse;
}
