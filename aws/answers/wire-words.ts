import type { EC2Client } from '@aws-sdk/client-ec2';
import { isAnswerOfAws, noteOperation, toAwsFailure } from './aws-error.ts';
import { type Broken, tellBroken, tellCame, type Where } from './no-answer.ts';
import {
  type Came,
  isPage,
  readCame,
  readOthersAnswer,
  type WireRequest,
  type WireResponse,
} from './others-answer.ts';

/** Of any service; what is done to its stack doesn't depend on which. */
interface AnyClient {
  readonly middlewareStack: object;
}

/** Lambda says so; a function goes by no variables that the CLI reads. */
const IN_FUNCTION = process.env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;

/** What happened at the wire, for the words of the error that comes of it. */
interface Heard {
  where?: Where;
  came?: Came | undefined;
  broken?: Broken | undefined;
}

/**
 * Errors of the client get the operation that they came from. Where no answer came, or somebody
 * else's, they say in words who was asked, what came, and what to do: the SDK says "Unknown".
 */
export function tellingWhatCame<C extends AnyClient>(client: C, service: string): C {
  const stack = client.middlewareStack as EC2Client['middlewareStack'];
  const heardIn = new WeakMap<object, Heard>();
  stack.add(
    (next, context) => async (args) => {
      const heard: Heard = {};
      heardIn.set(context, heard);
      try {
        return await next(args);
      } catch (error) {
        noteOperation(error, `${service}:${commandOperation(context)}`);
        tell(error, heard);
        throw error;
      }
    },
    { step: 'initialize', name: 'orgsweepNoteOperation', priority: 'high' },
  );
  stack.add(
    (next, context) => async (args) => {
      const request = args.request as WireRequest;
      const heard = heardIn.get(context) ?? {};
      heard.where = { host: hostOf(request), inFunction: IN_FUNCTION };
      heard.came = heard.broken = undefined;
      try {
        const result = await next(args);
        const response = result.response as WireResponse;
        if (response.statusCode >= 300) heard.came = await readCame(response);
        else if (isQuery(request)) {
          const operation = queryOperation(request) ?? commandOperation(context);
          heard.came = await readOthersAnswer(response, operation);
          if (heard.came !== undefined) throw new Error(`${operation}: an answer that isn't AWS's`);
        } else if (service !== 's3' && isPage(response)) {
          heard.came = await readCame(response);
          throw new Error(`${commandOperation(context)}: an answer that isn't AWS's`);
        }
        return result;
      } catch (error) {
        if (heard.came === undefined) heard.broken = brokenBy(error);
        throw error;
      }
    },
    { step: 'deserialize', name: 'orgsweepNoteAnswer', priority: 'low' },
  );
  return client;
}

function tell(error: unknown, { where, came, broken }: Heard): void {
  if (!(error instanceof Error) || where === undefined) return;
  if (broken === undefined && (came === undefined || isAnswerOfAws(toAwsFailure(error)))) return;
  const words = came === undefined ? broken && tellBroken(where, broken) : tellCame(where, came);
  if (words !== undefined) error.message = words;
}

/** As the SDK's HTTP handler throws it. */
function brokenBy(error: unknown): Broken {
  const { via } = error as { readonly via?: string };
  const { code, message } = toAwsFailure(error);
  return { code, message, via };
}

function hostOf({ hostname, port }: WireRequest): string {
  return port === undefined ? hostname : `${hostname}:${port}`;
}

/** Whether it goes by one of the query protocols: EC2, STS, SNS, Auto Scaling. */
function isQuery({ headers }: WireRequest): boolean {
  return headers['content-type'] === 'application/x-www-form-urlencoded';
}

/** What a request of a query protocol asks for. */
export function queryOperation({ body }: WireRequest): string | undefined {
  return typeof body === 'string'
    ? (new URLSearchParams(body).get('Action') ?? undefined)
    : undefined;
}

export function commandOperation(context: { commandName?: string }): string {
  return (context.commandName ?? 'UnknownCommand').replace(/Command$/, '');
}
