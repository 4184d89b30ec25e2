import type { SimOrganization } from '../model/organization.ts';
import type { Endpoint } from './call/endpoint.ts';
import { refuseDenied } from './dispatch/regional.ts';
import { commonRefusal } from './call/refusals.ts';
import { restJsonError } from './protocols/rest-json-protocol.ts';
import { ServiceError, type SimRequest, type SimResponse } from './call/service.ts';

/** What a function of the hub does with a payload, as JSON. What it throws is its own error. */
export type SimFunction = (payload: unknown) => Promise<unknown>;

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const FUNCTION_ARN = /^arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:([\w-]+)(?::[\w$-]+)?$/;

/** Invoke, synchronously, of the functions that the hub's account has. */
export function makeLambda(
  organization: SimOrganization,
  functions: Readonly<Record<string, SimFunction>>,
): Endpoint {
  return {
    open: (request) => {
      const path = INVOCATIONS.exec(request.path)?.[1];
      const operation = request.method === 'POST' && path ? 'Invoke' : request.path;
      return {
        operation,
        accountId: request.caller.accountId,
        answer: async () => {
          if (path === undefined || operation !== 'Invoke') {
            throw new ServiceError('UnknownOperationException', `There is no ${operation}.`, 404);
          }
          refuseDenied({ service: 'lambda', operation: 'InvokeFunction' }, request, organization);
          refuseOtherInvocations(request);
          const found = find(decodeURIComponent(path), request, organization, functions);
          return invoke(found, request.body);
        },
      };
    },
    refusal: (kind) => commonRefusal('lambda', kind),
    toError: restJsonError,
  };
}

function find(
  nameOrArn: string,
  { region }: SimRequest,
  { hubAccountId }: SimOrganization,
  functions: Readonly<Record<string, SimFunction>>,
): SimFunction {
  const [, arnRegion = region, accountId = hubAccountId, name = nameOrArn] =
    FUNCTION_ARN.exec(nameOrArn) ?? [];
  const isHere = arnRegion === region && accountId === hubAccountId;
  const found = isHere && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (found !== undefined) return found;
  const arn = `arn:aws:lambda:${region}:${hubAccountId}:function:${name}`;
  throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
}

function refuseOtherInvocations({ headers }: SimRequest): void {
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'RequestResponse') return;
  throw new ServiceError('InvalidParameterValueException', `${type} isn't simulated`);
}

/** A function that throws is an answer, too: status 200, and a header that says so. */
async function invoke(call: SimFunction, body: Buffer): Promise<SimResponse> {
  try {
    const output = await call(JSON.parse(body.toString('utf8') || '{}'));
    return { status: 200, headers: {}, body: JSON.stringify(output ?? null) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return {
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: JSON.stringify({ errorType: name, errorMessage: message, trace: [] }),
    };
  }
}
