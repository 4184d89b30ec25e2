import { z } from 'zod';
import type { OwnOfKind } from '../../core/input/of-kind.ts';

/** As AWS's own Compute Optimizer has it. */
const UNATTACHED_DAYS = 32;

const keys = {
  minUnattachedDays: z
    .int()
    .min(1)
    .max(440)
    .default(UNATTACHED_DAYS)
    .describe(
      'For how many days it has to be unattached, by evidence. At most as long as CloudWatch remembers.',
    ),
  volumeEvidence: z
    .enum(['metrics', 'history'])
    .default('metrics')
    .describe(
      'What shows that a volume is unattached. `history`: where no volume is attached that could show in CloudWatch, what orgsweep saw itself at each look is enough. It did not look in between.',
    ),
};

const OwnPolicy = z.object(keys);
type OwnPolicy = Readonly<z.infer<typeof OwnPolicy>>;

export const POLICY: OwnOfKind = { keys };

/** @param own what the policy says of this kind; nothing: its defaults */
export function ownPolicyOf({ own = {} }: { own?: Readonly<Record<string, unknown>> }): OwnPolicy {
  return OwnPolicy.parse(own);
}
