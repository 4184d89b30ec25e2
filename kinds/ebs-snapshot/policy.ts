import { z } from 'zod';
import type { OwnOfKind } from '../../core/input/of-kind.ts';

const keepLastLeftover = z.boolean();

/** Its default isn't said here, or every plan and every command would name it. */
export const POLICY: OwnOfKind = {
  keys: {
    keepLastLeftover: keepLastLeftover
      .optional()
      .describe(
        'Whether what an AMI left behind goes only where a newer snapshot of its volume stays, or `policy.allowLastCopy` lets it go; left out: false, as it was made for its AMI. What CopyImage made tells no volume, and is none of one.',
      ),
  },
  floors: {
    // Of a volume that is gone it may be the last snapshot, or the newest.
    keepLastLeftover: { floor: 'keepLastCopy', only: true, leftOut: false },
  },
};

const OwnPolicy = z.object({ keepLastLeftover: keepLastLeftover.default(false) });
export type OwnPolicy = Readonly<z.infer<typeof OwnPolicy>>;

export function ownPolicyOf({ own = {} }: { own?: Readonly<Record<string, unknown>> }): OwnPolicy {
  return OwnPolicy.parse(own);
}
