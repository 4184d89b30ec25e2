import { z } from 'zod';
import { AccountId, Region, Timestamp } from '../../core/model/ids.ts';
import { TargetOutcome } from '../../core/outcome/outcome.ts';
import { LinesWritten } from '../../store/believed-lines.ts';
import type { TargetRef } from '../../core/model/target.ts';

/** How a target ended, as it is stored: sealed, and with what makes its other files believable. */
export const StoredOutcome = TargetOutcome.extend({
  /** None where nothing was looked at to the end. */
  files: z
    .strictObject({
      findings: LinesWritten,
      foreignReferences: LinesWritten,
      /** When the look began: nothing in the findings is older. Absent in files of older versions. */
      lookedFrom: Timestamp.optional(),
      /** As `keyInTarget`s: what findings would free, and some other kind there holds on to. */
      notFreed: z.array(z.string()).optional(),
    })
    .optional(),
  /** Recorded as failed, with what was counted before: no copy of the task changes it any more. */
  isFinal: z.literal(true).optional(),
});
export type StoredOutcome = z.infer<typeof StoredOutcome>;

export interface TargetFiles extends NonNullable<StoredOutcome['files']> {
  readonly target: TargetRef;
}

/** Whose outcome, findings or ledger is stored under a key; null: nobody's. */
export function targetOfKey(key: string): TargetRef | null {
  const [, accountId, region] = /\/(\d{12})\/([^/]+?)(?:\.jsonl?|\/\d+\.json)$/.exec(key) ?? [];
  const target = { accountId: AccountId.safeParse(accountId), region: Region.safeParse(region) };
  if (!target.accountId.success || !target.region.success) return null;
  return { accountId: target.accountId.data, region: target.region.data };
}
