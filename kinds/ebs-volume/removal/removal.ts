import { DeleteVolumeCommand } from '@aws-sdk/client-ec2';
import { markByTag, protectByTag } from '../../ec2/tagging.ts';
import type { BringingBack, Marker, Removal } from '../../removal.ts';
import { recheckVolumes } from '../discover.ts';
import type { EbsVolume } from '../facts.ts';
import { makesCopy, nextStep, STEPS } from '../next-step.ts';
import { copyVolume, findCopy } from './copy.ts';
import { fromCopy } from './from-copy.ts';
import { findMarkedVolumes, volumesNow } from './listing.ts';
import { volumeBin } from './recycle-bin.ts';
import { classifyVolumeRefusal } from './refusal.ts';

const FENCE: Marker = { by: 'MARKER', mark: markByTag, findMarked: findMarkedVolumes };

/** A copy changed nothing of the volume: while that is there, there is nothing to take back. */
const asItWas: BringingBack<EbsVolume> = {
  way: 'REVERSE',
  find: async ({ ec2 }, { resourceId }) => {
    for await (const { volumeId } of volumesNow(ec2, [resourceId])) return volumeId;
    return null;
  },
  bringBack: null,
  protect: protectByTag,
};

/** First a copy of it, in a later execution the volume: never one without knowing of a copy. */
export const volumeRemoval: Removal<EbsVolume> = {
  after: [],
  recheck: recheckVolumes,
  classifyRefusal: classifyVolumeRefusal,
  next: nextStep,
  makes: makesCopy,
  steps: [
    {
      name: STEPS.copy,
      fence: FENCE,
      run: { one: copyVolume },
      findMade: findCopy,
      undo: [asItWas],
    },
    {
      name: STEPS.delete,
      reliesOnOthers: true,
      fence: FENCE,
      run: {
        one: async ({ ec2 }, { resourceId }) => {
          await ec2.send(new DeleteVolumeCommand({ VolumeId: resourceId }));
          return {};
        },
      },
      undo: [volumeBin, fromCopy],
    },
  ],
};
