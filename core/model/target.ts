import { z } from 'zod';
import { AccountId, KindName, Region } from './ids.ts';

/** One account × Region, with the kinds to look for there. */
export const Target = z.strictObject({
  accountId: AccountId,
  region: Region,
  kinds: z.array(KindName).min(1),
});
export type Target = z.infer<typeof Target>;

/** Which target, whatever is looked for in it. */
export const TargetRef = Target.pick({ accountId: true, region: true });
export type TargetRef = z.infer<typeof TargetRef>;

/** One text for one account × Region, or for an account as a whole (`region: null`). */
export function targetKey(of: { accountId: string; region: string | null }): string {
  return `${of.accountId}/${of.region ?? '*'}`;
}
