import type { EC2Client } from '@aws-sdk/client-ec2';
import { mayBeDone, toAwsFailure } from '../answers/aws-error.ts';
import type { WireRequest } from '../answers/others-answer.ts';
import { rbinOperation } from './rbin-client.ts';
import { commandOperation, queryOperation, tellingWhatCame } from '../answers/wire-words.ts';

/** Reads, or just these IAM actions. */
export type Allowed = 'READS' | readonly string[];
type Guard = Allowed | 'ALL';

/** Of any service; what is done to its stack doesn't depend on which. */
export interface AnyClient {
  readonly middlewareStack: object;
}

const READ_OPERATION = /^(Describe|List|Get|BatchGet|Lookup|Search)[A-Z]/;

/** A request that orgsweep itself doesn't let out. */
class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

/**
 * Puts a guard at the client's wire: counts what leaves as `service:Operation`, and lets nothing else
 * out than what the session is for. Errors say in words where they came from.
 */
export function instrument<C extends AnyClient>(
  client: C,
  service: string,
  calls: Record<string, number>,
  guard: Guard,
): C {
  const stack = client.middlewareStack as EC2Client['middlewareStack'];
  // It copies each answer for a log that nobody asked for: a tenth of what a listing costs.
  stack.remove('loggerMiddleware');
  tellingWhatCame(client, service);
  // The last step before the wire, inside the retries: sees each attempt.
  stack.add(
    (next, context) => async (args) => {
      const request = args.request as WireRequest;
      const operation = wireOperation(service, request) ?? commandOperation(context);
      refuseUnlessAllowed(guard, `${service}:${operation}`);
      calls[`${service}:${operation}`] = (calls[`${service}:${operation}`] ?? 0) + 1;
      return next(args);
    },
    { step: 'deserialize', name: 'orgsweepGuardAndCount', priority: 'low' },
  );
  return client;
}

/**
 * Keeps the SDK's retries from sending a change again that may have been carried out: what is made
 * would be there twice. Reads, and what AWS refused, are tried again as ever.
 */
export function changingOnce<C extends AnyClient>(client: C): C {
  const stack = client.middlewareStack as EC2Client['middlewareStack'];
  // Inside the retries, where an answer was read already.
  stack.add(
    (next, context) => {
      let unclear: { readonly error: unknown } | undefined;
      return async (args) => {
        if (unclear !== undefined) throw unclear.error;
        try {
          return await next(args);
        } catch (error) {
          const isRead = READ_OPERATION.test(commandOperation(context));
          if (!isRead && mayBeDone(toAwsFailure(error))) unclear = { error };
          throw error;
        }
      };
    },
    { step: 'finalizeRequest', name: 'orgsweepChangesOnce', priority: 'low' },
  );
  return client;
}

function refuseUnlessAllowed(guard: Guard, operation: string): void {
  if (guard === 'ALL') return;
  if (guard === 'READS') {
    if (READ_OPERATION.test(operation.split(':')[1] ?? '')) return;
    throw new RequestRefused(`${operation} was not sent: this session only reads`);
  }
  if (guard.includes(operation)) return;
  throw new RequestRefused(`${operation} was not sent: this session is for ${guard.join(', ')}`);
}

/**
 * What the request itself asks for: `Action` in the query protocols, `X-Amz-Target` in JSON, method
 * and path in REST.
 */
function wireOperation(service: string, request: WireRequest): string | undefined {
  if (service === 'rbin') return rbinOperation(request);
  return request.headers['x-amz-target']?.split('.').at(-1) ?? queryOperation(request);
}
