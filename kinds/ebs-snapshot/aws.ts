import { DeleteSnapshotCommand } from '@aws-sdk/client-ec2';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { toToldError } from '../../aws/answers/aws-error.ts';
import { MARKER } from '../../core/tags/marker.ts';
import type { ResourceSet } from '../../core/model/verdict.ts';
import type { Groups } from '../../core/plan/together/groups.ts';
import type { LookByPolicy } from '../kind.ts';
import type { Discovery, Look } from '../look.ts';
import { assess } from './assess.ts';
import { findArchivalTimes } from './measure/archival-times.ts';
import { CompletedOfVolumes } from './copies/groups.ts';
import { findGroupsNow } from './copies/groups-now.ts';
import { ReferenceName } from './facts.ts';
import type { EbsSnapshot, NamedAmi, UsedBy } from './facts.ts';
import { filterOn } from '../listings/filter.ts';
import { originAmiOf } from './leftovers/origin-ami.ts';
import { listSnapshots } from './listing.ts';
import type { ListedSnapshot } from './listing.ts';
import { findSnapshotsOfVolumes, gatherAmis, gatherReferences } from './references.ts';
import type { References } from './references.ts';
import { findSets } from './sets.ts';
import type { Asked } from './sources/source.ts';

const NOTHING: Discovery<EbsSnapshot> = {
  resources: [],
  incomplete: [],
  counts: {},
  foreignReferences: [],
};

/** Of nearly all snapshots; one object for all of them. */
const NOT_USED: UsedBy = {};

/**
 * All snapshots of the account in the Region, then all that may refer to them.
 *
 * @throws {AccessDenied | DeniedByScp | RegionDisabled | Throttled} and whatever else ends the
 *   listing of the snapshots before its end
 */
export async function discover(look: Look): Promise<Discovery<EbsSnapshot>> {
  const snapshots = await collect(listSnapshots(look.clients.ec2, look.accountId));
  if (snapshots.size === 0) {
    const { counts, foreign } = await gatherAmis(look);
    return { ...NOTHING, counts, foreignReferences: foreign };
  }
  return join({ look, snapshots, isBatch: false }, snapshots.values());
}

/** As `discover`, by filter, for at most 200 snapshots. Those that are gone aren't in the answer. */
export async function recheck(
  look: Look,
  snapshotIds: readonly string[],
): Promise<Discovery<EbsSnapshot>> {
  if (snapshotIds.length === 0) return NOTHING;
  const filters = [filterOn('snapshot-id', snapshotIds)];
  const snapshots = await collect(listSnapshots(look.clients.ec2, look.accountId, filters));
  if (snapshots.size === 0) return NOTHING;
  const ofSameVolumes = await named(async () => findSnapshotsOfVolumes(look, snapshots.values()));
  return join({ look, snapshots, isBatch: true }, ofSameVolumes);
}

/** Which of at most 200 snapshots a describe shows with the marker: EC2 is eventually consistent. */
export async function findMarked(
  look: Look,
  snapshotIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (snapshotIds.length === 0) return new Set();
  const filters = [
    filterOn('snapshot-id', snapshotIds),
    filterOn(`tag:${MARKER.key}`, [MARKER.value]),
  ];
  const marked = await collect(listSnapshots(look.clients.ec2, look.accountId, filters));
  return new Set(marked.keys());
}

export async function remove({ ec2 }: SpokeClients, snapshotId: string): Promise<object> {
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId: snapshotId }));
  return {};
}

/** Pages may repeat a snapshot when it changes meanwhile; it is one all the same. */
async function collect(listed: AsyncIterable<ListedSnapshot>) {
  const found = new Map<string, ListedSnapshot>();
  await named(async () => {
    for await (const snapshot of listed) found.set(snapshot.snapshotId, snapshot);
  });
  return found;
}

async function named<T>(list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    throw toToldError(error);
  }
}

/** Facts are made one by one, as they are asked for: 100,000 of them needn't fit in memory. */
async function join(
  given: Omit<Asked, 'originAmis'>,
  ofSameVolumes: Iterable<ListedSnapshot>,
): Promise<Discovery<EbsSnapshot>> {
  const madeFor = new Map<string, NamedAmi>();
  for (const snapshot of given.snapshots.values()) {
    const ami = originAmiOf(snapshot);
    if (ami !== null) madeFor.set(snapshot.snapshotId, ami);
  }
  const originAmis = new Set([...madeFor.values()].map(({ amiId }) => amiId));
  const asked: Asked = { ...given, originAmis };
  const completed = new CompletedOfVolumes(ofSameVolumes);
  let archivedAt: ReadonlyMap<string, string> = new Map();
  let sets: ReadonlyMap<string, ResourceSet> = new Map();
  const factsWith = (references: References) => {
    const incompleteReferences = ReferenceName.options.filter((name) =>
      references.incomplete.some(({ source }) => source === name),
    );
    const notLookedAt = [...references.notLookedAt];
    return function* () {
      for (const snapshot of asked.snapshots.values()) {
        const ami = madeFor.get(snapshot.snapshotId);
        const facts: EbsSnapshot = {
          ...(ami && { originAmi: { ...ami, isThere: references.isAmiThere(ami.amiId) } }),
          archivedAt: archivedAt.get(snapshot.snapshotId) ?? null,
          volume: references.volumes.get(snapshot.volumeId ?? '') ?? null,
          usedBy: references.usedBy.get(snapshot.snapshotId) ?? NOT_USED,
          attributes: null,
          completedOfVolume: completed.for(snapshot),
          set: sets.get(snapshot.snapshotId) ?? null,
          incompleteReferences,
          notLookedAt,
          // Last: V8 takes ten times as long to add properties to a copy as to copy onto some.
          ...snapshot,
        };
        yield facts;
      }
    };
  };
  const references = await gatherReferences(asked, (soFar) => {
    for (const facts of factsWith(soFar)()) if (isCandidate(asked.look, facts)) return true;
    return false;
  });
  // Only what a removal would save depends on it, and a batch is past that question.
  if (!asked.isBatch) archivedAt = await findArchivalTimes(asked.look, asked.snapshots.values());
  const { policy, now } = asked.look;
  // A batch doesn't have all of a set: there the plan says what belongs together.
  if (!asked.isBatch) sets = findSets(asked.snapshots.values(), references.volumes, policy, now);
  return {
    resources: { [Symbol.iterator]: factsWith(references) },
    incomplete: references.incomplete,
    counts: references.counts,
    foreignReferences: references.foreign,
  };
}

/** What a step made is looked up only afterwards: what nothing but that could keep is looked at, too. */
function isCandidate({ policy, now }: Look, facts: EbsSnapshot): boolean {
  const { verdict, reasons } = assess(facts, policy, now);
  return verdict !== 'KEEP' || reasons.every((reason) => reason === 'FINAL_COPY');
}

/** As of now; see `findGroupsNow`. */
export async function groupsNow(
  look: LookByPolicy,
  snapshots: readonly EbsSnapshot[],
): Promise<ReadonlyMap<string, Groups>> {
  return named(async () => findGroupsNow(look, snapshots));
}
