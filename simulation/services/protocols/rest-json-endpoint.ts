import type { Endpoint } from '../call/endpoint.ts';
import { commonRefusal } from '../call/refusals.ts';
import { ServiceError, type SimRequest } from '../call/service.ts';
import { restJsonAnswer, restJsonError } from './rest-json-protocol.ts';

/** A service of AWS's REST-JSON protocol that has just these operations, each asked for by POST. */
export function makeRestJsonEndpoint(service: {
  /** As in the credential scope. */
  readonly name: string;
  /** By path: the operation, and what it answers. @throws {ServiceError} */
  readonly operations: Readonly<
    Record<string, readonly [name: string, answer: (request: SimRequest, name: string) => unknown]>
  >;
}): Endpoint {
  return {
    open: (request) => {
      const { method, path } = request;
      const [name, answer] =
        (method === 'POST' ? service.operations[path] : undefined) ??
        ([`${method} ${path}`] as const);
      return {
        operation: name,
        accountId: request.caller.accountId,
        answer: async () => {
          if (answer !== undefined) return restJsonAnswer(answer(request, name));
          throw new ServiceError('UnknownOperationException', `There is no ${name}.`, 404);
        },
      };
    },
    refusal: (kind) => commonRefusal(service.name, kind),
    toError: restJsonError,
  };
}
