import type { EbsSnapshot } from '../../../../kinds/ebs-snapshot/facts.ts';
import { ebsSnapshot } from '../../../../kinds/ebs-snapshot/index.ts';
import { aPolicy, aSnapshot, NOW } from '../../../support/organizations/snapshots.ts';

const AMI = 'ami-0a1b';
const COPY_ID = 'vol-ffffffff';
const ofAmi: Partial<EbsSnapshot> = { usedBy: { amis: [AMI, 'ami-2'] } };
const originAmi = (by: 'CreateImage' | 'CopyImage', isThere = true) => ({
  originAmi: { amiId: AMI, by, isThere },
});

/** What becomes of it once its AMIs are gone. */
function later(given: Partial<EbsSnapshot>): string | null {
  const facts = ebsSnapshot.withoutHolders?.(aSnapshot({ ...ofAmi, ...given })) ?? null;
  return facts && ebsSnapshot.assess(facts, aPolicy(), NOW).reasons.join();
}

it.each<[string, Partial<EbsSnapshot>, string | null]>([
  ['its volume is gone, too', { volume: null }, 'VOLUME_MISSING'],
  ['an AMI made it', { volume: null, ...originAmi('CreateImage') }, 'AMI_GONE'],
  ['it is a copy for an AMI', { volumeId: COPY_ID, ...originAmi('CopyImage') }, 'AMI_GONE'],
  ['it is a copy of who knows what', { volumeId: COPY_ID, volume: null }, 'COPY_ORIGIN_UNKNOWN'],
  [
    'it is a copy for an AMI that is elsewhere',
    { volumeId: COPY_ID, usedBy: { amis: ['ami-2'] }, ...originAmi('CopyImage') },
    'COPY_ORIGIN_UNKNOWN',
  ],
  ['it is locked', { usedBy: { amis: [AMI], 'snapshot-locks': ['compliance'] } }, 'LOCKED'],
  [
    'an AMI in the Recycle Bin has it as well',
    { usedBy: { amis: [AMI], 'amis-in-recycle-bin': ['ami-3'] } },
    'AMI_IN_RECYCLE_BIN',
  ],
  ['a tag protects it', { tags: { 'orgsweep:protect': 'true' } }, 'PROTECTED_BY_TAG'],
  [
    'something was not listed to its end',
    { volume: null, incompleteReferences: ['launch-templates'] },
    'REFERENCES_INCOMPLETE',
  ],
  ['no AMI has it', { usedBy: {} }, null],
])('once its AMIs are gone, where %s', (_, given, reasons) => {
  expect(later(given)).toBe(reasons);
});
