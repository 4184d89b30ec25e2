import type { Guard } from '../../guard.ts';

const ORIGIN = ['leftovers/origin-ami'];
const GONE = ['leftovers/ami-gone'];
const SWEEP = ['looking/ami-gone'];

/** What a snapshot has to be, besides its description, for the AMI in that to be its own. */
function origin(name: string, of: string, within: string, find: string, replace: string): Guard {
  return {
    ...{ name: `leftover-${name}`, promise: 1 },
    keeps: `the description of ${of} names an AMI that never was there, and it goes for that`,
    ...{ in: within, find, replace, tests: ORIGIN },
  };
}

/** An AMI's leftover goes only where that AMI is nowhere, and was looked for everywhere. */
export const LEFTOVERS: readonly Guard[] = [
  origin('of-a-copy', 'a copied snapshot', 'byCreateImage', '!isRealVolumeId(volumeId) || ', ''),
  origin('of-a-copy-by-its-type', 'a copy', 'byCreateImage', 'transferType !== null || ', ''),
  origin(
    'of-another-volume',
    'a snapshot of another volume',
    'byCreateImage',
    ' || named !== volumeId',
    '',
  ),
  origin(
    'of-a-final-copy',
    'a final copy',
    'originAmiOf',
    'if (isFinalCopy(snapshot)) return null;',
    '',
  ),
  origin(
    'of-no-copy',
    'a snapshot that is no copied one',
    'byCopyImage',
    ' || volumeId === null || !isIdOfCopies(volumeId)',
    '',
  ),
  origin(
    'more-after-it',
    'somebody',
    'counted.ts#BY_CREATE_IMAGE',
    ' from (vol-[0-9a-f]+))?$/',
    ' from (vol-[0-9a-f]+))?/',
  ),
  origin('more-before-it', 'somebody', 'counted.ts#BY_CREATE_IMAGE', '/^Created by', '/Created by'),
  origin('copied-more-after-it', 'somebody', 'BY_COPY_IMAGE', '\\.?$/', '\\.?/'),
  origin(
    'of-a-copied-copy',
    'a snapshot that was copied later from an AMI elsewhere',
    'isOfTask',
    'return apartMs <= DAY_MS;',
    'return apartMs >= 0;',
  ),
  origin(
    'of-an-unreadable-time',
    'a copy of which nobody can tell when it was made',
    'isOfTask',
    'if (startedAt === null || !MILLISECONDS.test(taskAt)) return false;',
    'if (startedAt === null || !MILLISECONDS.test(taskAt)) return true;',
  ),
  origin(
    'of-no-id',
    'somebody',
    'originAmiOf',
    'named !== null && isAmiId(named.amiId) ? named : null',
    'named',
  ),
  {
    name: 'leftover-ami-listed',
    promise: 1,
    keeps: 'what was made for an AMI that is listed counts as left behind',
    in: 'SnapshotReferences.isAmiThere',
    find: 'if (this.#amisThere.has(amiId)) return true;',
    replace: '',
    tests: GONE,
  },
  {
    name: 'leftover-ami-not-seen',
    promise: 1,
    keeps: 'an AMI is gone because nobody could list AMIs, or nobody was to',
    in: 'SnapshotReferences.isAmiThere',
    find: '[amis, amisInRecycleBin].some(isUnseen) ? null : false',
    replace: 'false && isUnseen',
    tests: GONE,
  },
  {
    name: 'leftover-ami-by-its-id',
    promise: 1,
    keeps: 'at the second look an AMI is gone that is being made, or was restored',
    in: 'sources/amis.ts#amis',
    find: "yield* byFilter('image-id', originAmis, list);",
    replace: '',
    tests: GONE,
  },
  {
    name: 'leftover-volume-in-use',
    promise: 1,
    keeps: 'a snapshot of a volume in use goes, because its description names an AMI that is there',
    in: 'ebs-snapshot/assess.ts#keepReasons',
    find: "gone?.by !== 'CreateImage'",
    replace: "(gone ?? snapshot.originAmi)?.by !== 'CreateImage'",
    tests: GONE,
  },
  {
    name: 'leftover-asks-others',
    promise: 1,
    keeps: 'a snapshot goes whose AMI another account has',
    in: 'asksForAmi',
    find: 'gone === null ? [] : AMI_SOURCES.map((source) => ({ source, key: gone.amiId }))',
    replace: 'gone === null ? [] : []',
    tests: SWEEP,
  },
  {
    name: 'leftover-names-are-handed-on',
    promise: 1,
    keeps: 'another account has the AMI, and does not tell',
    in: 'sources/amis.ts#amis',
    find: 'names: [ImageId],',
    replace: '',
    tests: GONE,
  },
  {
    name: 'leftover-empty-target-hands-on',
    promise: 1,
    keeps: 'an account without snapshots does not tell which AMIs it has',
    in: 'ebs-snapshot/aws.ts#discover',
    find: 'return { ...NOTHING, counts, foreignReferences: foreign };',
    replace: 'return { ...NOTHING, counts: { ...counts, length: foreign.length } };',
    tests: GONE,
  },
  {
    name: 'leftover-key-from-anywhere',
    promise: 1,
    keeps: 'a snapshot goes whose AMI is in another Region of another account',
    in: 'Reach.isAnywhere',
    find: 'this.#usedFromAnywhere.has(kind) || this.#askedFromAnywhere.has(kind)',
    replace: 'this.#usedFromAnywhere.has(kind)',
    tests: SWEEP,
  },
  {
    name: 'leftover-last-is-kept',
    promise: 3,
    keeps:
      'the last snapshot of a volume, or its newest state, goes though a policy or a floor keeps it',
    in: 'copiesAmong',
    find: ' && !keepLastLeftover',
    replace: '',
    tests: ['copies/counted'],
  },
  {
    name: 'leftover-last-is-kept-after-marking',
    promise: 3,
    keeps: 'the look after marking lets go what the policy of its kind keeps',
    in: 'kinds/kind.ts#groupsOfAny',
    find: 'const policy = policyOfKind(look.policy, kind);',
    replace: 'const { policy } = look;',
    tests: ['copies/groups-now'],
  },
  {
    name: 'leftover-last-under-the-floor',
    promise: 4,
    keeps: 'an input that does not name it lets go the last snapshot that the deployment keeps',
    in: 'leftOutOf',
    find: "('floor' in of ? of.leftOut : undefined) ?? of.only",
    replace: 'of.only',
    tests: ['floors/floors'],
  },
  {
    name: 'leftover-grace-begins-with-the-reason',
    promise: 1,
    keeps:
      'what was always told to stay as a last copy goes in the first run that calls it left behind',
    in: 'isAskedAnew',
    find: 'return asked !== true && sawOthers(evidence);',
    replace: 'return false;',
    tests: ['history/history'],
  },
  {
    name: 'leftover-asked-anew',
    promise: 3,
    keeps:
      'the second look goes by a reason that nobody asked the others about, or by one that is over',
    in: 'unlessAskedAnew',
    find: 'if (isAsked(planned.reasons) === isAsked(now.reasons)) return now;',
    replace: 'if (isAsked(now.reasons) || planned.reasons.length > 0) return now;',
    tests: SWEEP,
    title: 'once the AMI is back',
  },
];
