import { FINAL_COPY_OF } from '../../../../core/tags/final-copy.ts';
import { originAmiOf } from '../../../../kinds/ebs-snapshot/leftovers/origin-ami.ts';
import { aSnapshot } from '../../../support/organizations/snapshots.ts';

const VOLUME = 'vol-0123456789abcdef0';
const COPY = 'vol-ffffffff';
const AMI = 'ami-0a1b';
const CREATED = `Created by CreateImage(i-0123456789abcdef0) for ${AMI}`;
const COPIED = `Copied for DestinationAmi ${AMI} from SourceAmi ami-0c2d for SourceSnapshot snap-0e3f. Task created on 1,712,345,678,901.`;

const named = (over: Parameters<typeof aSnapshot>[0]) => originAmiOf(aSnapshot(over));

it.each([
  [CREATED, { amiId: AMI, by: 'CreateImage' }],
  [`${CREATED} from ${VOLUME}`, { amiId: AMI, by: 'CreateImage' }],
])('what CreateImage made names its AMI: %s', (description, ami) =>
  expect(named({ description, volumeId: VOLUME })).toEqual(ami),
);

it.each([
  COPIED,
  'Copied for DestinationAmi ami-0a1b from SourceAmi ami-0c2d for SourceSnapshot snap-0e3f. Task created on 1712345678901',
])('what CopyImage made names the destination, and never the source: %s', (description) => {
  for (const volumeId of [COPY, 'vol-ffff'])
    expect(named({ description, volumeId })).toEqual({ amiId: AMI, by: 'CopyImage' });
});

it.each([
  ['of a copied snapshot that keeps it', { description: CREATED, volumeId: COPY }],
  ['of a copy that says how it was copied', { description: CREATED, transferType: 'standard' }],
  ['of another volume', { description: `${CREATED} from vol-0fedcba9876543210` }],
  ['of no volume', { description: CREATED, volumeId: null }],
  ['of a final copy', { description: CREATED, tags: { [FINAL_COPY_OF]: VOLUME } }],
  ['with text after it', { description: `${CREATED}, keep for the auditors` }],
  ['with text before it', { description: `was: ${CREATED}` }],
  ['with a line after it', { description: `${CREATED}\n` }],
  ['in another case', { description: CREATED.toUpperCase() }],
  ['of a copied AMI on a volume that is known', { description: COPIED }],
  ['of a copied AMI on no volume', { description: COPIED, volumeId: null }],
  ['of a copied AMI with more', { description: `${COPIED} mine`, volumeId: COPY }],
  [
    'of a copied AMI without its source',
    { description: `Copied for DestinationAmi ${AMI}.`, volumeId: COPY },
  ],
  ['of a copied snapshot', { description: '[Copied snap-0e3f from eu-west-1]', volumeId: COPY }],
  ['of nothing', { description: '' }],
])('a description %s says nothing', (_, over) => expect(named(over)).toBeNull());
