import { z } from 'zod';
import type { OwnOfKind } from '../../core/input/of-kind.ts';

const UNUSED_DAYS = 180;
const KEPT_OF_FAMILY = 1;
/** Images are gone back to for longer than most things are. */
const MIN_AGE_DAYS = 90;

const minUnusedDays = z.int().min(1).max(3650);
const keepNewestPerName = z.int().min(0).max(100);
const familyTag = z.string().min(1).max(128);

const NONE_REMOVED = { because: 'no AMI is removed, whatever it says' };

/** Their defaults aren't said here, or every plan and every command would name them. */
export const POLICY: OwnOfKind = {
  defaults: { minAgeDays: MIN_AGE_DAYS },
  floors: {
    minUnusedDays: NONE_REMOVED,
    keepNewestPerName: NONE_REMOVED,
    familyTag: NONE_REMOVED,
  },
  keys: {
    minUnusedDays: minUnusedDays
      .optional()
      .describe(`For how many days nobody has launched it; left out: ${UNUSED_DAYS}.`),
    keepNewestPerName: keepNewestPerName
      .optional()
      .describe(
        `How many of the newest stay of those whose names differ by numbers and dates alone; left out: ${KEPT_OF_FAMILY}. 0: none has to.`,
      ),
    familyTag: familyTag
      .optional()
      .describe(
        'The key of a tag: AMIs with the same value of it are made for the same purpose, whatever their names. One without it is grouped by its name.',
      ),
  },
};

const OwnPolicy = z.object({
  minUnusedDays: minUnusedDays.default(UNUSED_DAYS),
  keepNewestPerName: keepNewestPerName.default(KEPT_OF_FAMILY),
  familyTag: familyTag.optional(),
});
export type OwnPolicy = Readonly<z.infer<typeof OwnPolicy>>;

export function ownPolicyOf({ own = {} }: { own?: Readonly<Record<string, unknown>> }): OwnPolicy {
  return OwnPolicy.parse(own);
}
