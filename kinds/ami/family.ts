import { compare } from '../../core/model/order.ts';
import { isMarkedForRemoval } from '../../core/tags/marker.ts';
import type { Ami } from './facts.ts';
import type { AmiListed } from './listing.ts';
import type { OwnPolicy } from './policy.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** A commit's id, whole or as people shorten it: 7 hexadecimal digits or more, some of them numbers. */
const COMMIT = /(?<![0-9a-z])(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![0-9a-z])/g;
/** `20260102T030405Z`, once its numbers are taken out. */
const DATE_LETTERS = /#t#z?/g;
const NUMBERS = /#(?:[^a-z0-9#]+#)+/g;

/**
 * A name without what tells one build from the next: numbers, dates, versions and ids of commits. So
 * `web-2026-01-02` and `web-2026-02-01` are of one family.
 *
 * @returns null: nothing in it tells builds apart, so it isn't made again and again
 * @internal Tested by names that people give.
 */
export function stemOf(name: string): string | null {
  const plain = name.toLowerCase();
  const stem = plain
    .replace(UUID, '#')
    .replace(COMMIT, '#')
    .replace(/\d+/g, '#')
    .replace(DATE_LETTERS, '#')
    .replace(NUMBERS, '#');
  return stem === plain ? null : stem;
}

/** What it is made again and again for. Builds for another processor take no other's place. */
function familyIdOf(ami: AmiListed, { familyTag }: OwnPolicy): string | null {
  const byTag = familyTag === undefined ? undefined : ami.tags[familyTag];
  if (byTag !== undefined) return `${familyTag}=${byTag}`;
  const stem = stemOf(ami.name);
  if (stem === null) return null;
  return ami.architecture === null ? stem : `${stem} (${ami.architecture})`;
}

/**
 * The families of all AMIs of a target, by AMI. Those that could be launched come before it in its
 * family, newest first: none that has failed, is disabled, or is marked for removal.
 */
export function familiesOf(
  amis: Iterable<AmiListed>,
  own: OwnPolicy,
): ReadonlyMap<string, Ami['family']> {
  const byId = new Map<string, AmiListed[]>();
  for (const ami of amis) {
    const id = familyIdOf(ami, own);
    if (id !== null) byId.set(id, [...(byId.get(id) ?? []), ami]);
  }
  const families = new Map<string, Ami['family']>();
  for (const [id, members] of byId) {
    const newest = members.filter(isLaunchable).toSorted(newestFirst);
    for (const ami of members) {
      const newer = newest.slice(0, own.keepNewestPerName).filter((one) => isNewer(one, ami));
      const ids = newer.map(({ imageId }) => imageId);
      families.set(ami.imageId, { id, size: members.length, newer: ids });
    }
  }
  return families;
}

/** Whether it could take the place of an older one. */
function isLaunchable({ state, createdAt, tags }: AmiListed): boolean {
  return state === 'available' && createdAt !== null && !isMarkedForRemoval(tags);
}

function newestFirst(a: AmiListed, b: AmiListed): number {
  return compare(b.createdAt ?? '', a.createdAt ?? '') || compare(a.imageId, b.imageId);
}

function isNewer(one: AmiListed, than: AmiListed): boolean {
  return newestFirst(one, than) < 0;
}
