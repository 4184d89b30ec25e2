import { z } from 'zod';
import type { BinResourceType, RecycleBinRule } from '../../core/outcome/recycle-bin.ts';
import { toAwsFailure } from '../answers/aws-error.ts';
import { brokenListing, itemsOfPages, pagesByToken } from '../answers/pages.ts';
import { GetRuleCommand, ListRulesCommand, type RbinClient } from '../sessions/rbin-client.ts';

const Tags = z
  .array(
    z.strictObject({ ResourceTagKey: z.string().min(1), ResourceTagValue: z.string().nullish() }),
  )
  .nullish();

/** Strict: what isn't known here could be one more condition on what the rule keeps. */
const Rule = z.strictObject({
  Identifier: z.string().min(1),
  ResourceType: z.string(),
  Status: z.string(),
  RetentionPeriod: z.strictObject({
    RetentionPeriodValue: z.int().min(1),
    RetentionPeriodUnit: z.literal('DAYS'),
  }),
  ResourceTags: Tags,
  ExcludeResourceTags: Tags,
  // About the rule itself, not about what it keeps.
  Description: z.unknown().optional(),
  RuleArn: z.unknown().optional(),
  LockConfiguration: z.unknown().optional(),
  LockState: z.unknown().optional(),
  LockEndTime: z.unknown().optional(),
});

const Page = z.looseObject({
  Rules: z.array(z.looseObject({ Identifier: z.string().min(1) })).nullish(),
  NextToken: z.string().nullish(),
});

/**
 * All retention rules for a type of resource in the client's account and Region, 250 at most: one
 * ListRules per 1,000, and a GetRule each, as only that has tags and status. A rule that is deleted
 * meanwhile isn't there any more.
 *
 * @throws {BrokenListing} for an answer of another shape, and whatever else ends the listing
 */
export async function listRecycleBinRules(
  rbin: RbinClient,
  resourceType: BinResourceType,
): Promise<RecycleBinRule[]> {
  const rules: RecycleBinRule[] = [];
  const listed = itemsOfPages('rbin:ListRules', pagesOf(rbin, resourceType), ({ Rules }) => Rules);
  for await (const { Identifier } of listed) {
    const rule = await findRecycleBinRule(rbin, resourceType, Identifier);
    if (rule !== null) rules.push(rule);
  }
  return rules;
}

/** The rule as it is now; null: there is none. @throws as `listRecycleBinRules` */
export async function findRecycleBinRule(
  rbin: RbinClient,
  resourceType: BinResourceType,
  identifier: string,
): Promise<RecycleBinRule | null> {
  const answer = await getRule(rbin, identifier);
  if (answer === null) return null;
  const rule = parse(Rule, answer, 'rbin:GetRule');
  if (rule.Identifier !== identifier || rule.ResourceType !== resourceType) {
    throw brokenListing(
      'rbin:GetRule',
      `asked for ${resourceType} ${identifier}, got another rule`,
    );
  }
  return {
    identifier,
    retentionDays: rule.RetentionPeriod.RetentionPeriodValue,
    status: rule.Status,
    resourceTags: toTags(rule.ResourceTags),
    excludeResourceTags: toTags(rule.ExcludeResourceTags),
  };
}

async function getRule(rbin: RbinClient, identifier: string): Promise<unknown> {
  try {
    return (await rbin.send(new GetRuleCommand({ Identifier: identifier }))).body;
  } catch (error) {
    if (toAwsFailure(error).code === 'ResourceNotFoundException') return null;
    throw error;
  }
}

function pagesOf(rbin: RbinClient, resourceType: BinResourceType) {
  return pagesByToken(async (token) => {
    const { body } = await rbin.send(
      new ListRulesCommand({
        ResourceType: resourceType,
        MaxResults: 1000,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const page = parse(Page, body, 'rbin:ListRules');
    return { Rules: page.Rules ?? undefined, NextToken: page.NextToken ?? undefined };
  });
}

function parse<T>(schema: z.ZodType<T>, body: unknown, operation: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { path = [], message = '' } = parsed.error.issues[0] ?? {};
  throw brokenListing(operation, `an answer of unknown shape: ${path.join('.')} ${message}`);
}

function toTags(tags: z.infer<typeof Tags>): RecycleBinRule['resourceTags'] {
  return (tags ?? []).map((tag) => ({
    key: tag.ResourceTagKey,
    value: tag.ResourceTagValue ?? null,
  }));
}
