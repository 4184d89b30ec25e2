import type { Endpoint, OpenCall } from '../call/endpoint.ts';
import { targetOperation } from './json-input.ts';
import { jsonAnswer, jsonError } from './json-protocol.ts';
import { commonRefusal } from '../call/refusals.ts';
import { ServiceError } from '../call/service.ts';
import type { SimRequest } from '../call/service.ts';

/** What an operation answers, as a value that becomes JSON. @throws {ServiceError} */
type Answer = (request: SimRequest, operation: string) => unknown;

/** A service of AWS's JSON protocol that has just these operations. */
export function makeJsonEndpoint(service: {
  /** As in the credential scope. */
  readonly name: string;
  /** What comes before the operation in `X-Amz-Target`. */
  readonly target: string;
  /** Of the protocol; left out: 1.1. */
  readonly version?: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Answer>>;
  readonly bucketOf?: (operation: string, request: SimRequest) => OpenCall['bucket'];
}): Endpoint {
  return {
    open: (request) => {
      const operation = targetOperation(service.target, request.headers['x-amz-target']);
      const bucket = service.bucketOf?.(operation, request);
      return {
        operation,
        accountId: request.caller.accountId,
        ...(bucket && { bucket }),
        answer: async () => {
          const answer = service.operations[operation];
          if (answer !== undefined) return jsonAnswer(answer(request, operation), service.version);
          throw new ServiceError('UnknownOperationException', `There is no ${operation}.`);
        },
      };
    },
    refusal: (kind) => commonRefusal(service.name, kind),
    toError: (error) => jsonError(error, service.version),
  };
}
