import { z } from 'zod';
import { AccountId, Region } from './ids.ts';

/** Whose credentials an execution works with, as STS tells it. */
export const ActsAs = z.strictObject({
  accountId: AccountId,
  /** Of the user, or of the session of a role. */
  arn: z.string().max(2048),
  /** Whose endpoints are asked what isn't of one Region. */
  region: Region,
  /** What the credentials were found by, such as a profile; null: the role of a deployed function. */
  source: z.string().nullable(),
});
export type ActsAs = z.infer<typeof ActsAs>;

/** In words: the role or user, its account, the Region, and how it was found. */
export function actsAsInWords(
  { accountId, arn, region, source }: ActsAs,
  { simulated }: { simulated: boolean },
): string {
  const who = arn.split(':').slice(5).join(':') || arn;
  const by = source === null ? '' : `, by ${source}`;
  const where = simulated ? ' in a simulated organization' : '';
  return `as ${who} of account ${accountId}${where}, Region ${region}${simulated ? '' : by}`;
}
