import type { Endpoint } from '../call/endpoint.ts';
import { jsonError } from '../protocols/json-protocol.ts';
import { QueryParameters, queryError } from '../protocols/query-protocol.ts';
import { commonRefusal } from '../call/refusals.ts';
import { ServiceError } from '../call/service.ts';
import type { SimRequest } from '../call/service.ts';

/** A service that the simulation doesn't have: every operation is refused by name. */
export function makeUnknownService(request: SimRequest): Endpoint {
  const speaksJson = (request.headers['content-type'] ?? '').includes('json');
  const target = request.headers['x-amz-target']?.split('.').at(-1);
  const { service, body, caller, method, path } = request;
  const isForm = !speaksJson && method === 'POST';
  const action = isForm ? new QueryParameters(body).get('Action') : undefined;
  const operation = target ?? action ?? `${method} ${path}`;
  return {
    open: () => ({
      operation,
      accountId: caller.accountId,
      answer: async () => {
        throw new ServiceError(
          speaksJson ? 'UnknownOperationException' : 'InvalidAction',
          `The action ${operation} is not valid for this web service: the simulation has no ${service}.`,
        );
      },
    }),
    refusal: (kind) => commonRefusal(service, kind),
    toError: speaksJson ? (error) => jsonError(error) : queryError,
  };
}
