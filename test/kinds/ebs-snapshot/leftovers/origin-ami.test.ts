import { FINAL_COPY_OF } from '../../../../core/tags/final-copy.ts';
import { originAmiOf } from '../../../../kinds/ebs-snapshot/leftovers/origin-ami.ts';
import { aSnapshot } from '../../../support/organizations/snapshots.ts';

const VOLUME = 'vol-0123456789abcdef0';
const COPY = 'vol-ffffffff';
const AMI = 'ami-0a1b2c3d4e5f60718';
const CREATED = `Created by CreateImage(i-0123456789abcdef0) for ${AMI}`;
const TASK_AT = Date.UTC(2024, 3, 5, 19, 34, 38, 901);
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const copiedFor = (task: string) =>
  `Copied for DestinationAmi ${AMI} from SourceAmi ami-0c2d for SourceSnapshot snap-0e3f. Task created on ${task}`;
const COPIED = copiedFor('1,712,345,678,901.');
/** What CopyImage made then, but for what is given. */
const copy = (over: Parameters<typeof aSnapshot>[0] = {}) =>
  named({ description: COPIED, volumeId: COPY, startedAt: startedAfter(MINUTE_MS), ...over });
const startedAfter = (ms: number) => new Date(TASK_AT + ms).toISOString();

const named = (over: Parameters<typeof aSnapshot>[0]) => originAmiOf(aSnapshot(over));

it.each([
  [CREATED, { amiId: AMI, by: 'CreateImage' }],
  [`${CREATED} from ${VOLUME}`, { amiId: AMI, by: 'CreateImage' }],
])('what CreateImage made names its AMI: %s', (description, ami) =>
  expect(named({ description, volumeId: VOLUME })).toEqual(ami),
);

it.each([COPIED, copiedFor('1712345678901')])(
  'what CopyImage made names the destination, and never the source: %s',
  (description) => {
    for (const volumeId of [COPY, 'vol-ffff'])
      expect(copy({ description, volumeId })).toEqual({ amiId: AMI, by: 'CopyImage' });
  },
);

it('a snapshot that began another day than the task was copied from one that CopyImage made', () => {
  expect(copy({ startedAt: startedAfter(DAY_MS) })).not.toBeNull();
  expect(copy({ startedAt: startedAfter(-DAY_MS) })).not.toBeNull();
  expect(copy({ startedAt: startedAfter(DAY_MS + 1) })).toBeNull();
  expect(copy({ startedAt: startedAfter(-DAY_MS - 1) })).toBeNull();
  expect(copy({ startedAt: '2025-08-01T00:00:00.000Z', transferType: 'standard' })).toBeNull();
  expect(copy({ startedAt: null })).toBeNull();
});

it.each([
  '',
  '0',
  '1,712,345,678',
  '17,12,345,678,901.',
  '1,712,345,678,901..',
  '1.712.345.678.901',
])('a copy whose task has no time that can be read names no AMI: %j', (task) =>
  expect(copy({ description: copiedFor(task) })).toBeNull(),
);

it.each(['ami-1', 'ami-abcdef', 'ami-0A1B2C3D', `ami-${'0'.repeat(9)}`, `ami-${'0'.repeat(40)}`])(
  '%s is no id as AWS gives them',
  (id) => {
    expect(named({ description: CREATED.replace(AMI, id) })).toBeNull();
    expect(copy({ description: COPIED.replace(AMI, id) })).toBeNull();
  },
);

it('an old id of eight digits is one', () =>
  expect(named({ description: CREATED.replace(AMI, 'ami-0a1b2c3d') })?.amiId).toBe('ami-0a1b2c3d'));

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
  [
    'of a copied AMI without its source',
    { description: `Copied for DestinationAmi ${AMI}.`, volumeId: COPY },
  ],
  ['of a copied snapshot', { description: '[Copied snap-0e3f from eu-west-1]', volumeId: COPY }],
  ['of nothing', { description: '' }],
])('a description %s says nothing', (_, over) => expect(named(over)).toBeNull());

it.each([
  ['on a volume that is known', { volumeId: VOLUME }],
  ['on no volume', { volumeId: null }],
  ['with more', { description: `${COPIED} mine` }],
  ['of a final copy', { tags: { [FINAL_COPY_OF]: VOLUME } }],
])('a description of a copied AMI %s says nothing', (_, over) => expect(copy(over)).toBeNull());
