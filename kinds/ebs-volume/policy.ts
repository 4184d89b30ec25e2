import { z } from 'zod';
import type { OwnOfKind } from '../../core/input/of-kind.ts';
import type { ReferenceName } from './facts.ts';

/** As AWS's own Compute Optimizer has it. */
const UNATTACHED_DAYS = 32;
/** A little less than what CloudWatch remembers. */
const MOST_DAYS = 440;

const minUnattachedDays = z.int().min(1).max(MOST_DAYS);
const volumeEvidence = z.enum(['metrics', 'history']);
const finalCopy = z.enum(['ifNoCopy', 'always', 'never']);
const allowNoCopy = z.boolean();

/** Their defaults aren't said here, or every plan and every command would name them. */
export const POLICY: OwnOfKind = {
  keys: {
    minUnattachedDays: minUnattachedDays
      .optional()
      .describe(
        `For how many days it has to be unattached, by evidence; left out: ${UNATTACHED_DAYS}.`,
      ),
    volumeEvidence: volumeEvidence
      .optional()
      .describe(
        'What shows that a volume is unattached; left out: `metrics`. `history`: where no volume is attached that could show in CloudWatch, what orgsweep saw at each look is enough, though it did not look in between. CloudWatch is asked all the same: a volume that shows there counts as used on that day.',
      ),
    finalCopy: finalCopy
      .optional()
      .describe(
        'Whether a snapshot of it is made before it is deleted; left out: `ifNoCopy`, where no other is a copy of it as it is now, and of sc1 and st1 volumes `never`: a snapshot of them costs more a month than they do.',
      ),
    allowNoCopy: allowNoCopy
      .optional()
      .describe(
        'Whether one may be deleted of which there is no copy and none is made; left out: false.',
      ),
  },
  floors: {
    // A volume that was used between two looks, and is unattached again, keeps its grace.
    minUnattachedDays: { atLeast: 'graceDays', leftOut: UNATTACHED_DAYS, most: MOST_DAYS },
    volumeEvidence: { source: 'volume-metrics' satisfies ReferenceName, only: 'metrics' },
    finalCopy: {
      because: 'what is without any copy is held, whatever it says, unless allowNoCopy lets it go',
    },
    allowNoCopy: { floor: 'keepLastCopy', only: false },
  },
};

const OwnPolicy = z.object({
  minUnattachedDays: minUnattachedDays.default(UNATTACHED_DAYS),
  volumeEvidence: volumeEvidence.default('metrics'),
  finalCopy: finalCopy.optional(),
  allowNoCopy: allowNoCopy.default(false),
});
type OwnPolicy = Readonly<z.infer<typeof OwnPolicy>>;

export function ownPolicyOf({ own = {} }: { own?: Readonly<Record<string, unknown>> }): OwnPolicy {
  return OwnPolicy.parse(own);
}
