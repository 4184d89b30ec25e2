import type { Endpoint, OpenCall } from '../call/endpoint.ts';
import { QueryParameters, queryAnswer, queryError } from './query-protocol.ts';
import { commonRefusal } from '../call/refusals.ts';
import type { SimRequest } from '../call/service.ts';

/** One call of a service in the query protocol. */
export interface QueryCall {
  readonly operation: string;
  readonly parameters: QueryParameters;
  readonly request: SimRequest;
}

/** A service of the query protocol. EC2's differs in its documents and has an endpoint of its own. */
export function makeQueryEndpoint(service: {
  /** As in the credential scope. */
  readonly name: string;
  readonly xmlns: string;
  /** The markup inside the result element. @throws {ServiceError} */
  readonly answer: (call: QueryCall) => string;
  /** Whom a call is about, unless its caller. */
  readonly accountOf?: (call: QueryCall) => string;
  readonly bucketOf?: (request: SimRequest) => NonNullable<OpenCall['bucket']>;
}): Endpoint {
  const { name, xmlns } = service;
  return {
    open: (request) => {
      const parameters = new QueryParameters(request.body);
      const operation = parameters.get('Action') ?? '';
      const call = { operation, parameters, request };
      const bucket = service.bucketOf?.(request);
      return {
        operation,
        accountId: service.accountOf?.(call) ?? request.caller.accountId,
        ...(bucket && { bucket }),
        answer: async (requestId) =>
          queryAnswer({ operation, xmlns, requestId }, service.answer(call)),
      };
    },
    refusal: (kind) => commonRefusal(name, kind),
    toError: queryError,
  };
}
