import fc from 'fast-check';
import { applyAct } from '../../../simulation/acts.ts';
import type { SimImage } from '../../../simulation/model/image.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { putInBin } from '../leftovers/made.ts';
import type { Step } from '../trial/trial.ts';
import { copyImage, failedImageIdIn, PUT_AMIS, putImage } from './made.ts';

/** What other users of an account do with an AMI while orgsweep works. */
const AMI_ACTS = [
  'deregister it',
  'deregister it into the bin',
  'restore it',
  'launch it',
  'share it',
  'copy it',
  'register it again',
  'name it in a launch template',
  'deregister the one that failed',
] as const;
type AmiAct = (typeof AMI_ACTS)[number];

/** What another user does to AMIs, just before the call of that number is answered. */
export interface AmiActShape {
  readonly operation: string;
  readonly call: number;
  readonly target: number;
  readonly kind: AmiAct;
  /** Position among those that it can be done to. */
  readonly victim: number;
}

/** By which orgsweep looks at AMIs and their snapshots, and what comes before and after. */
const AROUND_LOOKS = [
  ...['DescribeSnapshots', 'DescribeImages', 'ListImagesInRecycleBin', 'DescribeInstances'],
  ...['DescribeImageAttribute', 'CreateTags', 'DeleteSnapshot'],
];

const act: fc.Arbitrary<AmiActShape> = fc.record({
  operation: fc.constantFrom(...AROUND_LOOKS),
  call: fc.integer({ min: 1, max: 4 }),
  target: fc.nat(3),
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...AMI_ACTS) },
    { weight: 1, arbitrary: fc.constant<AmiAct>('deregister the one that failed') },
  ),
  victim: fc.nat(12),
});

/** Steps in which others do something with AMIs, or nobody does: only then all money can be told. */
export function withAmis(step: fc.Arbitrary<Step>): fc.Arbitrary<Step> {
  return fc
    .record({ step, amiActs: fc.array(act, { maxLength: 8 }), isQuiet: fc.boolean() })
    .map(({ step: asked, amiActs, isQuiet }) =>
      isQuiet ? { ...asked, faults: [], leftoverActs: [], acts: [] } : { ...asked, amiActs },
    );
}

/** With which AMIs it can be done. */
export function amisFor(kind: AmiAct, estate: SimEstate): readonly string[] {
  const all = [...PUT_AMIS.of(estate).images.keys()];
  if (kind === 'restore it')
    return all.filter((id) => estate.imageInRecycleBin(id) !== undefined && !estate.image(id));
  const there = all.filter((id) => estate.image(id) !== undefined);
  const isFailed = (id: string) => id === failedImageIdIn(estate);
  return kind === 'deregister the one that failed' ? there.filter(isFailed) : there;
}

/** Carries it out; `number` tells the ids it makes up from those of other acts. */
export function actOnAmi(
  kind: AmiAct,
  estate: SimEstate,
  imageId: string,
  number: number,
): boolean {
  const hex = String(number).padStart(15, '0');
  const image = estate.image(imageId) ?? PUT_AMIS.of(estate).images.get(imageId);
  if (image === undefined) return false;
  const change = (to: Partial<SimImage>) => {
    putImage(estate, { ...image, ...to });
    return true;
  };
  switch (kind) {
    case 'deregister it':
    case 'deregister the one that failed':
      return applyAct(estate, { kind: 'deregister-image', imageId });
    case 'deregister it into the bin':
      putInBin(estate, imageId);
      return applyAct(estate, { kind: 'deregister-image', imageId });
    case 'restore it':
      // AWS restores none of which a snapshot is gone.
      if (image.snapshotIds.some((id) => estate.snapshot(id) === undefined)) return false;
      putInBin(estate, imageId, 0);
      return change({});
    case 'launch it':
      estate.putInstance({ instanceId: `i-0a${hex}`, imageId, state: 'running', volumeIds: [] });
      return change({ lastLaunchedAt: estate.now() });
    case 'share it':
      return change({ sharedWith: ['999999999999'] });
    case 'copy it':
      copyImage(estate, image, `ami-0c${hex}`);
      return true;
    case 'register it again': {
      const { snapshotIds } = image;
      return applyAct(estate, { kind: 'register-image', imageId: `ami-0b${hex}`, snapshotIds });
    }
    case 'name it in a launch template': {
      const template = { launchTemplateId: `lt-0a${hex}`, name: `made-meanwhile-${hex}` };
      const versions = [{ number: 1, imageId, snapshotIds: [] }];
      const createTime = estate.now();
      estate.putLaunchTemplate({ ...template, createTime, defaultVersion: 1, versions });
      return true;
    }
  }
}
