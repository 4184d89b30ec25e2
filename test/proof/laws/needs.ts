import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { needsBySource } from '../../../simulation/needs.ts';
import { imageIdOf, leftoverIdsOf } from '../leftovers/made.ts';

const DAY_MS = 86_400_000;
/** Protect where a policy names them; some of the simulated snapshots have them. */
export const PROTECT_TAGS: readonly string[] = ['Retain', 'Backup=yes'];

/** Who needs a snapshot, and where that shows: a name of `SIGHTS`. */
export interface Need {
  readonly sight: string;
  readonly who: string;
  /** One of `PROTECT_TAGS`: a need only where the policy names it. */
  readonly protectTag?: string;
}

/** Whether it is one under a policy that names these tags. */
export function isNeed({ protectTag }: Need, protectTags: readonly string[]): boolean {
  return protectTag === undefined || protectTags.includes(protectTag);
}

/** Since when, counted in calls, it is needed by these. */
interface Change {
  readonly since: number;
  readonly needs: readonly Need[];
}

/**
 * What was needed when, by the simulated organization's own account of it. Age is the policy's
 * matter: see `isOldEnough`.
 */
export class Needs {
  readonly #changes = new Map<string, Change[]>();
  readonly #copies = new Map<string, string[]>();
  /** By the ids of estates and volumes. */
  readonly #byVolume = new Map<string, string[]>();
  /** Snapshots that another user deleted, and before which call. */
  readonly goneSince = new Map<string, number>();
  /** Estates whose Recycle Bin has lost its rules, and before which call. */
  readonly withoutRulesSince = new Map<SimEstate, number>();

  constructor(estates: readonly SimEstate[]) {
    for (const estate of estates) this.learn(estate, -1);
  }

  /** To be called when something has changed, just before the call of this number. */
  learn(estate: SimEstate, call: number): void {
    for (const id of idsOf(estate)) {
      const changes = this.#changes.get(id) ?? [];
      const needs = needsNow(estate, id);
      this.#changes.set(id, changes);
      if (JSON.stringify(changes.at(-1)?.needs) === JSON.stringify(needs)) continue;
      changes.push({ since: call, needs });
    }
    this.#learnCopies(estate);
    const hasRules = estate.retentionRules().length > 0;
    if (!hasRules && !this.withoutRulesSince.has(estate)) this.withoutRulesSince.set(estate, call);
  }

  /** As this call finds it. */
  at(snapshotId: string, call: number): readonly Need[] {
    const changes = this.#changes.get(snapshotId) ?? [];
    return changes.findLast(({ since }) => since <= call)?.needs ?? [];
  }

  /** Every state between two calls, both included. */
  between(snapshotId: string, from: number, until: number): readonly (readonly Need[])[] {
    const changes = this.#changes.get(snapshotId) ?? [];
    const later = changes.filter(({ since }) => since > from && since <= until);
    return [this.at(snapshotId, from), ...later.map(({ needs }) => needs)];
  }

  /** The other completed snapshots of its volume, as many as there ever were: none that an AMI has, or left. */
  otherCopies(snapshotId: string): readonly string[] {
    return this.#copies.get(snapshotId)?.filter((id) => id !== snapshotId) ?? [];
  }

  #learnCopies(estate: SimEstate): void {
    const { accountId, region } = estate;
    for (const one of estate.snapshots(0, Number.MAX_SAFE_INTEGER).items) {
      const { snapshotId, volumeId, state, description } = one;
      const key = `${accountId} ${region} ${volumeId}`;
      const copies = this.#byVolume.get(key) ?? [];
      this.#byVolume.set(key, copies);
      this.#copies.set(snapshotId, copies);
      const isCopy = state === 'completed' && !OF_AN_AMI.test(description);
      if (isCopy && !copies.includes(snapshotId)) copies.push(snapshotId);
    }
  }
}

/** What the estate began with. */
export function idsOf(estate: SimEstate): string[] {
  const own = [...estate.groundTruths()].map(({ snapshotId }) => snapshotId);
  return [...own, ...leftoverIdsOf(estate)];
}

export function isOldEnough({ startTime }: SimSnapshot, minAgeDays: number, at: number): boolean {
  return Math.floor((at - startTime.getTime()) / DAY_MS) >= minAgeDays;
}

/** Of one that is gone, nobody any more. */
function needsNow(estate: SimEstate, snapshotId: string): Need[] {
  const snapshot = estate.snapshot(snapshotId);
  if (snapshot === undefined) return [];
  const { references, sharing, tags, ...others } = needsBySource(estate, snapshotId);
  const named = (sight: string) => (who: string) => ({ sight, who });
  return [
    ...[...tags, ...itself(snapshot)].map(named('snapshots')),
    ...asCopy(estate, snapshot),
    ...PROTECT_TAGS.filter((tag) => hasTag(snapshot, tag)).map((protectTag) => ({
      ...named('snapshots')(`the tag ${protectTag}`),
      protectTag,
    })),
    ...references.map((who) =>
      named(
        who
          .split(' ')
          .slice(0, 2)
          .join(' ')
          .replace(/^gateway .*/, 'gateway'),
      )(who),
    ),
    ...sharing.map((who) => named(sightOfSharing(who))(who)),
    ...Object.entries(others).flatMap(([sight, who]) => who.map(named(sight))),
  ];
}

function sightOfSharing(who: string): string {
  if (who === 'everybody') return 'public';
  return who.startsWith('buyers') ? 'buyers' : 'sharing';
}

/** What the snapshot itself says. */
function itself({ state, outpostArn }: SimSnapshot): string[] {
  return [
    ...(state === 'completed' ? [] : [`it is ${state}`]),
    ...(outpostArn === undefined ? [] : [outpostArn]),
  ];
}

/** Nobody knows of what, but of one that was copied for an AMI for what: that may be gone. */
function asCopy(estate: SimEstate, snapshot: SimSnapshot): Need[] {
  const { volumeId, description, transferType } = snapshot;
  if (!/^vol-f+$/.test(volumeId)) return [];
  const imageId = transferType === undefined ? imageIdOf(snapshot) : undefined;
  if (imageId === undefined || !FOR_AN_AMI.test(description))
    return [{ sight: 'snapshots', who: 'it is a copy' }];
  const who = `it was copied for ${imageId}`;
  if (estate.image(imageId) !== undefined) return [{ sight: 'images', who }];
  const isInBin = estate.imageInRecycleBin(imageId) !== undefined;
  return isInBin ? [{ sight: 'images-in-recycle-bin', who }] : [];
}
const FOR_AN_AMI = /^Copied for DestinationAmi ami-.* Task created on [\d,]+\.$/;
/** In AWS's own words, older ones too. */
export const OF_AN_AMI = /^Created by CreateImage\(i-\w+\) for ami-\w+(?: from vol-\w+)?$/;

function hasTag({ tags }: SimSnapshot, rule: string): boolean {
  const [key = '', value] = rule.split('=');
  return value === undefined ? Object.hasOwn(tags, key) : tags[key] === value;
}
