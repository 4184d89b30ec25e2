import type { Policy } from '../../core/input/input.ts';
import { isProtectedByTag } from '../../core/tags/protection.ts';
import { MOST_SET_MEMBERS, type ResourceSet } from '../../core/model/verdict.ts';
import { isRealVolumeId } from './facts.ts';
import type { Volume } from './facts.ts';
import type { ListedSnapshot } from './listing.ts';

type Volumes = ReadonlyMap<string, Volume>;
type Snapshots = readonly ListedSnapshot[];

/**
 * The snapshots that CreateSnapshots may have made of one instance in one moment, by the id of each
 * of them: only together they are consistent. AWS gives such a set no id. Of one set are snapshots
 * of different volumes with the same start, to the second, and the same description, where one
 * instance is named by all of them. Of a volume that is gone nobody knows the instance any more: it
 * is taken to be the same, unless their tags contradict each other.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html
 */
export function findSets(
  snapshots: Iterable<ListedSnapshot>,
  volumes: Volumes,
  policy: Pick<Policy, 'protectTags'>,
  now: Date,
): ReadonlyMap<string, ResourceSet> {
  const sets = new Map<string, ResourceSet>();
  for (const moment of sameMoment(snapshots)) {
    for (const set of setsOf(moment, volumes, contradiction(policy, now))) {
      if (new Set(set.map(({ volumeId }) => volumeId)).size < 2) continue;
      const members = set.map(({ snapshotId }) => snapshotId).toSorted();
      const [id = ''] = members;
      const of = { id, size: members.length, members: members.slice(0, MOST_SET_MEMBERS) };
      for (const member of members) sets.set(member, of);
    }
  }
  return sets;
}

/** Two or more with one start and description: hardly any of a hundred thousand. */
function sameMoment(snapshots: Iterable<ListedSnapshot>): Iterable<Snapshots> {
  const first = new Map<string, ListedSnapshot>();
  const moments = new Map<string, ListedSnapshot[]>();
  for (const snapshot of snapshots) {
    const { volumeId, startedAt, description } = snapshot;
    if (startedAt === null || !isRealVolumeId(volumeId)) continue;
    const key = `${startedAt.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)} ${description}`;
    const moment = moments.get(key);
    const before = first.get(key);
    if (moment !== undefined) moment.push(snapshot);
    else if (before !== undefined) moments.set(key, [before, snapshot]);
    else first.set(key, snapshot);
  }
  return moments.values();
}

const INSTANCE_ID = /\bi-[0-9a-f]{8,}\b/;
/** Beyond it every pair would be too much to compare: in doubt they are one set. */
const MOST_TO_COMPARE = 1_000;

function setsOf(moment: Snapshots, volumes: Volumes, contradict: Contradict): Iterable<Snapshots> {
  const [one] = moment;
  // The description is that of all of them.
  const isNamedByAll = INSTANCE_ID.test(one?.description ?? '');
  if (isNamedByAll || moment.length > MOST_TO_COMPARE) return [moment];
  const named = moment.map(({ volumeId }) => instancesOf(volumes.get(volumeId ?? '')));
  const groupOf = moment.map((_, index) => index);
  const join = (a: number, b: number) => {
    const [kept, left] = [groupOf[a], groupOf[b]];
    if (kept === left || kept === undefined) return;
    for (const [index, group] of groupOf.entries()) if (group === left) groupOf[index] = kept;
  };
  for (const [a, snapshot] of moment.entries()) {
    for (let b = 0; b < a; b += 1) {
      const [ofA = [], ofB = []] = [named[a], named[b]];
      const isUnknown = ofA.length === 0 || ofB.length === 0;
      const isOne = isUnknown
        ? !contradict(snapshot.tags, moment[b]?.tags ?? {})
        : ofA.some((instance) => ofB.includes(instance));
      if (isOne && groupOf[a] !== groupOf[b]) join(a, b);
    }
  }
  const groups = new Map<number, ListedSnapshot[]>();
  for (const [index, snapshot] of moment.entries()) {
    const group = groupOf[index] ?? index;
    groups.set(group, [...(groups.get(group) ?? []), snapshot]);
  }
  return groups.values();
}

function instancesOf(volume: Volume | undefined): string[] {
  return (volume?.attachments ?? []).flatMap(({ instanceId }) => instanceId ?? []);
}

type Tags = Readonly<Record<string, string>>;
type Contradict = (a: Tags, b: Tags) => boolean;

/**
 * Whether tags that CreateSnapshots gives to a whole set differ. What somebody put on one of them
 * later says nothing: above all no tag that protects, or the others would go for it.
 */
function contradiction({ protectTags }: Pick<Policy, 'protectTags'>, now: Date): Contradict {
  const isOfMaking = (key: string, value: string) =>
    !/^orgsweep\b/i.test(key) && !isProtectedByTag({ [key]: value }, protectTags, now);
  return (a, b) =>
    Object.entries(a).some(([key, value]) => {
      const other = b[key];
      if (other === undefined || other === value) return false;
      return isOfMaking(key, value) && isOfMaking(key, other);
    });
}
