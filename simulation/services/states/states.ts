import { z } from 'zod';
import type { BucketSize } from '../call/token-buckets.ts';
import type { Endpoint } from '../call/endpoint.ts';
import { makeJsonEndpoint } from '../protocols/json-endpoint.ts';
import { parseInput } from '../protocols/json-input.ts';
import { takePage } from '../protocols/listing.ts';
import { refuseDenied } from '../dispatch/regional.ts';
import { ServiceError, type SimRequest } from '../call/service.ts';
import { describeExecution, describeInList, describeMapRun } from './descriptions.ts';
import { Machines, type StatesOptions } from './machines.ts';

/** Step Functions' quotas of a Region that isn't one of the three large ones. */
const BUCKETS: Readonly<Record<string, BucketSize>> = {
  StartExecution: { capacity: 800, refillPerSecond: 150 },
  DescribeExecution: { capacity: 250, refillPerSecond: 10 },
  ListExecutions: { capacity: 100, refillPerSecond: 2 },
  ListMapRuns: { capacity: 100, refillPerSecond: 1 },
  DescribeMapRun: { capacity: 200, refillPerSecond: 1 },
  GetExecutionHistory: { capacity: 400, refillPerSecond: 20 },
};

const Arn = z.string().min(1).max(256);
const page = { maxResults: z.int().min(0).max(1000).default(0), nextToken: z.string().optional() };
const StartExecution = z.strictObject({
  stateMachineArn: Arn,
  name: z.string().optional(),
  input: z.string().default('{}'),
});
const OfExecution = z.strictObject({ executionArn: Arn });
const StopExecution = OfExecution.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const ListMapRuns = OfExecution.extend(page);
const GetExecutionHistory = OfExecution.extend({
  ...page,
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
});
const DescribeMapRun = z.strictObject({ mapRunArn: Arn });
const ListExecutions = z.strictObject({
  stateMachineArn: Arn,
  statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']).optional(),
  ...page,
});
const SendTaskSuccess = z.strictObject({ taskToken: z.string(), output: z.string() });
const SendTaskFailure = z.strictObject({
  taskToken: z.string(),
  error: z.string().optional(),
  cause: z.string().optional(),
});

/** Step Functions, as far as starting and following Standard executions goes. */
export function makeStates(options: StatesOptions): Endpoint {
  const service = new Machines(options);
  const operations: Readonly<Record<string, (request: SimRequest) => unknown>> = {
    StartExecution: (request) => service.start(parse(StartExecution, request), request),
    DescribeExecution: (request) => {
      const { executionArn } = parse(OfExecution, request);
      const { execution, machineArn } = service.find(executionArn);
      return describeExecution(execution, machineArn);
    },
    StopExecution: (request) => service.stop(parse(StopExecution, request)),
    ListExecutions: (request) => {
      const { stateMachineArn, statusFilter, ...asked } = parse(ListExecutions, request);
      const listed = service
        .list(stateMachineArn)
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .map((execution) => describeInList(execution, stateMachineArn));
      const listing = `${stateMachineArn} ${statusFilter ?? ''}`;
      return inPages('executions', listed, { ...asked, listing });
    },
    ListMapRuns: (request) => {
      const { executionArn, maxResults, nextToken } = parse(ListMapRuns, request);
      const { execution, machineArn } = service.find(executionArn);
      const runs = execution.mapRuns.toReversed().map(({ mapRunArn, startDate, stopDate }) => ({
        executionArn,
        mapRunArn,
        stateMachineArn: machineArn,
        startDate: startDate.getTime() / 1000,
        ...(stopDate && { stopDate: stopDate.getTime() / 1000 }),
      }));
      return inPages('mapRuns', runs, { maxResults, nextToken, listing: executionArn });
    },
    DescribeMapRun: (request) => {
      const { run, execution } = service.findMapRun(parse(DescribeMapRun, request).mapRunArn);
      return describeMapRun(run, execution);
    },
    GetExecutionHistory: (request) => {
      const { executionArn, reverseOrder, ...asked } = parse(GetExecutionHistory, request);
      const { history } = service.find(executionArn).execution;
      const events = reverseOrder ? history.toReversed() : history;
      return inPages('events', events, { ...asked, listing: `${executionArn} ${reverseOrder}` });
    },
    SendTaskSuccess: (request) => {
      const { taskToken, output } = parse(SendTaskSuccess, request);
      service.tokens.succeed(taskToken, output);
      return {};
    },
    SendTaskFailure: (request) => {
      const { taskToken, error, cause } = parse(SendTaskFailure, request);
      service.tokens.fail(taskToken, error, cause);
      return {};
    },
  };
  return makeJsonEndpoint({
    name: 'states',
    target: 'AWSStepFunctions',
    version: '1.0',
    operations: Object.fromEntries(
      Object.entries(operations).map(([operation, answer]) => [
        operation,
        (request: SimRequest) => {
          refuseDenied({ service: 'states', operation }, request, options.organization);
          return answer(request);
        },
      ]),
    ),
    bucketOf: (operation, { caller, region }) => {
      const size = BUCKETS[operation];
      return size && { name: `states/${operation}/${caller.accountId}/${region}`, size };
    },
  });
}

function parse<T>(schema: z.ZodType<T>, { body }: SimRequest): T {
  return parseInput(schema, body, 'ValidationException');
}

function inPages(
  name: string,
  items: readonly unknown[],
  asked: { maxResults: number; nextToken?: string | undefined; listing: string },
) {
  const { nextToken, items: shown } = takePage({
    source: (from, limit) => {
      const end = from + limit;
      return { items: items.slice(from, end), next: end < items.length ? end : null };
    },
    // 0 is AWS's "use the default", which is 100.
    size: asked.maxResults || 100,
    token: asked.nextToken,
    listing: asked.listing,
    invalidToken: () => new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'"),
  });
  return { [name]: shown, ...(nextToken !== undefined && { nextToken }) };
}
