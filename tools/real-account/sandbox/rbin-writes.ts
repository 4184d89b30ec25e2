import { z } from 'zod';
import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { rbinCommand } from '../../../aws/sessions/rbin-client.ts';

const CreateRuleCommand = rbinCommand('CreateRule', ['POST', '/rules', 201], {
  ResourceType: {},
  Description: {},
  RetentionPeriod: {},
  ResourceTags: {},
});

const DeleteRuleCommand = rbinCommand('DeleteRule', ['DELETE', '/rules/{Identifier}', 204], {
  Identifier: { httpLabel: 1 },
});

const Created = z.object({ Identifier: z.string().min(1) });

/**
 * Makes a rule that keeps snapshots with one tag for a day, which is the shortest that AWS takes.
 *
 * @returns its identifier
 * @throws what the Recycle Bin answers, or {ZodError} for an answer without an identifier
 */
export async function createRule(
  { rbin }: SpokeClients,
  tag: { readonly key: string; readonly value: string },
  description: string,
): Promise<string> {
  const { body } = await rbin.send(
    new CreateRuleCommand({
      ResourceType: 'EBS_SNAPSHOT',
      Description: description,
      RetentionPeriod: { RetentionPeriodValue: 1, RetentionPeriodUnit: 'DAYS' },
      ResourceTags: [{ ResourceTagKey: tag.key, ResourceTagValue: tag.value }],
    }),
  );
  return Created.parse(body).Identifier;
}

/** @throws what the Recycle Bin answers */
export async function deleteRule({ rbin }: SpokeClients, identifier: string): Promise<void> {
  await rbin.send(new DeleteRuleCommand({ Identifier: identifier }));
}
