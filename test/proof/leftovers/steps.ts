import fc from 'fast-check';
import type { OrganizationShape, Step } from '../trial/trial.ts';
import { LEFTOVER_ACTS, type LeftoverActShape } from './acts.ts';

/** By which orgsweep looks at AMIs, and what comes before and after. */
const AROUND_LOOKS = [
  ...['DescribeSnapshots', 'DescribeVolumes', 'DescribeImages', 'ListImagesInRecycleBin'],
  ...['CreateTags', 'DeleteSnapshot'],
] as const;

const act: fc.Arbitrary<LeftoverActShape> = fc.record({
  operation: fc.constantFrom(...AROUND_LOOKS),
  call: fc.integer({ min: 1, max: 4 }),
  target: fc.nat(3),
  kind: fc.constantFrom(...LEFTOVER_ACTS),
  victim: fc.nat(12),
});

/** Where a policy names one of these, no AMI is known to be gone. */
const LOOKS = ['amis', 'amis-in-recycle-bin'];

/** Steps in which nobody decided that leftovers stay: AWS and other users may be in the way. */
export function withLeftovers(step: fc.Arbitrary<Step>): fc.Arbitrary<Step> {
  return fc
    .record({ step, leftoverActs: fc.array(act, { minLength: 2, maxLength: 8 }) })
    .map(({ step: asked, leftoverActs }) => ({
      ...asked,
      leftoverActs,
      mode: 'delete',
      appliesPlan: false,
      override: null,
      leavesOut: { accounts: [], regions: [] },
      policy: {
        ...asked.policy,
        minAgeDays: 30,
        graceDays: 0,
        skipReferences: asked.policy.skipReferences.filter((name) => !LOOKS.includes(name)),
      },
      limits: {
        ...asked.limits,
        ...{ maxRemovalsPerTarget: 500, maxRemovalsPerAccount: 1000, minReferencePercent: 0 },
        ...{ maxStalePercent: 100, maxStalePercentPerAccount: 100, maxStalePercentOverall: 100 },
      },
      // A target that isn't seen holds all of them.
      faults: asked.faults.slice(0, 1).filter(({ from }) => from % 2 === 0),
      acts: asked.acts.slice(0, 2),
      tampers: 'no',
    }));
}

/** Several accounts, all of which can be looked at: what isn't seen may have the AMI. */
export function withAllSeen(shape: OrganizationShape): OrganizationShape {
  const [hub, ...others] = shape.accounts;
  const [, second = hub] = shape.accounts;
  const all = others.length === 0 ? [hub, second] : shape.accounts;
  return {
    ...shape,
    leftovers: true,
    accounts: all.flatMap((one) =>
      one === undefined
        ? []
        : [{ state: 'ACTIVE', roles: 'PRESENT', regions: one.regions.map(() => 'enabled') }],
    ),
  };
}
