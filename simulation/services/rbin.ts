import { z } from 'zod';
import type { SimOrganization } from '../model/organization.ts';
import { ruleTypeOf, type SimRetentionRule, type SimTag } from '../model/recycle-bin.ts';
import { isRegionEnabled } from './ec2/regions.ts';
import type { Endpoint } from './call/endpoint.ts';
import { denialMessage, findDenial } from './iam/iam.ts';
import { makePageToken, readPageToken } from './protocols/page-token.ts';
import { commonRefusal } from './call/refusals.ts';
import { restJsonAnswer, restJsonError } from './protocols/rest-json-protocol.ts';
import { ServiceError } from './call/service.ts';
import type { SimRequest } from './call/service.ts';

const RULE_PATH = /^\/rules\/([^/]+)$/;
/** AWS names no page size for a call that doesn't. */
const DEFAULT_PAGE_SIZE = 100;

const Tags = z.array(
  z.object({ ResourceTagKey: z.string(), ResourceTagValue: z.string().default('') }),
);
const ListRules = z.object({
  ResourceType: z.enum(['EBS_SNAPSHOT', 'EC2_IMAGE', 'EBS_VOLUME']),
  ResourceTags: Tags.max(50).default([]),
  ExcludeResourceTags: Tags.max(5).default([]),
  LockState: z.enum(['locked', 'pending_unlock', 'unlocked']).optional(),
  MaxResults: z.int().min(1).max(1000).default(DEFAULT_PAGE_SIZE),
  NextToken: z.string().optional(),
});

/** ListRules and GetRule of the Recycle Bin. */
export function makeRbin(organization: SimOrganization): Endpoint {
  return {
    open: (request) => {
      const operation = operationOf(request);
      return {
        operation,
        accountId: request.caller.accountId,
        answer: async () => restJsonAnswer(answer(operation, request, organization)),
      };
    },
    refusal: (kind) => commonRefusal('rbin', kind),
    toError: restJsonError,
  };
}

function operationOf({ method, path }: SimRequest): string {
  if (method === 'POST' && path === '/list-rules') return 'ListRules';
  return method === 'GET' && RULE_PATH.test(path) ? 'GetRule' : `${method} ${path}`;
}

function answer(operation: string, request: SimRequest, organization: SimOrganization): unknown {
  if (operation !== 'ListRules' && operation !== 'GetRule') {
    throw new ServiceError('UnknownOperationException', `There is no ${operation}.`, 404);
  }
  const { caller, region } = request;
  if (!isRegionEnabled({ organization, caller, region }))
    throw commonRefusal('rbin', 'UNKNOWN_KEY');
  const identifier = RULE_PATH.exec(request.path)?.[1] ?? '*';
  authorize(operation, arnOf(request, identifier), request, organization);
  const rules = organization.estate(caller.accountId, region).retentionRules();
  return operation === 'ListRules'
    ? listRules(rules, request)
    : getRule(rules, identifier, request);
}

function authorize(
  operation: string,
  resource: string,
  { caller, region }: SimRequest,
  organization: SimOrganization,
): void {
  const access = { caller, action: `rbin:${operation}`, resource, region };
  const why = findDenial(organization, access);
  if (why === undefined) return;
  throw new ServiceError('AccessDeniedException', denialMessage(access, why), 403);
}

function listRules(rules: readonly SimRetentionRule[], request: SimRequest): unknown {
  const { MaxResults, NextToken, ...filters } = parseListRules(request.body);
  const { ResourceType, ResourceTags, ExcludeResourceTags, LockState } = filters;
  const listing = [request.caller.accountId, request.region, JSON.stringify(filters)].join(' ');
  const from = NextToken === undefined ? 0 : readPageToken(NextToken, listing);
  if (from === undefined) throw invalid('The specified token is not valid.');
  const matching = rules.filter(
    (rule) =>
      ResourceType === ruleTypeOf(rule) &&
      hasAll(rule.resourceTags, ResourceTags) &&
      hasAll(rule.excludeResourceTags, ExcludeResourceTags) &&
      (LockState === undefined || rule.lockState === LockState),
  );
  const end = from + MaxResults;
  return {
    Rules: matching.slice(from, end).map((rule) => summaryOf(rule, request)),
    ...(end < matching.length && { NextToken: makePageToken(end, listing) }),
  };
}

function parseListRules(body: Buffer): z.infer<typeof ListRules> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new ServiceError('SerializationException', 'The body is not JSON.');
  }
  const parsed = ListRules.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    `1 validation error detected: Value at '${issue?.path.join('.') ?? ''}' failed to satisfy constraint: ${issue?.message ?? ''}`,
  );
}

function getRule(
  rules: readonly SimRetentionRule[],
  identifier: string,
  request: SimRequest,
): unknown {
  const rule = rules.find((candidate) => candidate.identifier === identifier);
  if (rule === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Rule ${identifier} does not exist.`, 404);
  }
  return {
    ...summaryOf(rule, request),
    ResourceType: ruleTypeOf(rule),
    ResourceTags: (rule.resourceTags ?? []).map(toWire),
    ExcludeResourceTags: (rule.excludeResourceTags ?? []).map(toWire),
    Status: rule.status,
  };
}

function summaryOf(rule: SimRetentionRule, request: SimRequest): Record<string, unknown> {
  const { identifier, description, retentionDays, lockState } = rule;
  return {
    Identifier: identifier,
    Description: description,
    RetentionPeriod: { RetentionPeriodValue: retentionDays, RetentionPeriodUnit: 'DAYS' },
    LockState: lockState,
    RuleArn: arnOf(request, identifier),
  };
}

function arnOf({ caller, region }: SimRequest, identifier: string): string {
  return `arn:aws:rbin:${region}:${caller.accountId}:rule/${identifier}`;
}

function toWire({ key, value }: SimTag) {
  return { ResourceTagKey: key, ResourceTagValue: value };
}

function hasAll(tags: readonly SimTag[] = [], asked: z.infer<typeof Tags>): boolean {
  return asked.every(({ ResourceTagKey, ResourceTagValue }) =>
    tags.some(({ key, value }) => key === ResourceTagKey && value === ResourceTagValue),
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
