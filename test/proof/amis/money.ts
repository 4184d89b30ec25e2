import { lookAt } from '../../../core/outcome/kind-look.ts';
import type { Freed } from '../../../core/model/billing.ts';
import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { isOldEnough } from '../laws/needs.ts';
import { policyIn } from '../trial/policy.ts';
import { imagesDuring, KIND } from './laws.ts';

const SNAPSHOT = 'ebs-snapshot';

/** A snapshot that may be deleted once the AMIs are gone that hold it: told with those, once. */
export interface FreedSnapshot {
  readonly kind: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly monthlyCostUsdUpTo: number | null;
  readonly sharesWith?: string | undefined;
}

/** Of all that AMIs which nobody uses name: where no other AMI holds it, and it isn't stale itself. */
export function freedIn({ findings }: Pick<Chapter, 'findings'>): FreedSnapshot[] {
  const stale = findings.filter(({ verdict }) => verdict === 'STALE');
  const ids = new Set(stale.map((one) => keyOf(one, one)));
  const freed = new Map<string, FreedSnapshot>();
  const kept = new Set<string>();
  for (const one of stale.filter(({ kind }) => kind === KIND)) {
    for (const { holders, ...of } of one.frees ?? []) {
      const key = keyOf(one, of);
      const areAllStale = holders.every((id) =>
        ids.has(keyOf(one, { kind: KIND, resourceId: id })),
      );
      if (!areAllStale || ids.has(key)) kept.add(key);
      const { accountId, region } = one;
      freed.set(key, { ...of, accountId, region, kind: `freed ${of.kind}` });
    }
  }
  return [...freed].flatMap(([key, one]) => (kept.has(key) ? [] : [one]));
}

/**
 * What is told as freed is what the simulation's own AMIs hold, and nothing else does. Where somebody did
 * something with one meanwhile, or a call failed, nobody can say what was seen.
 */
export function breachesInFreed(stage: Stage, chapter: Chapter): string[] {
  const { targets, findings, step, calls, plannedAt } = chapter;
  if (!stage.shape.amis || step.faults.length > 0 || step.beside !== null) return [];
  const told = new Set(freedIn(chapter).map((one) => keyOf(one, { ...one, kind: SNAPSHOT })));
  const [first] = calls;
  const last = calls.findLast(({ at }) => at <= plannedAt);
  if (first === undefined || last === undefined) return [];
  return targets.flatMap((target) => {
    const { accountId, region } = target;
    if (region === null || lookAt(target, KIND).status !== 'COMPLETE') return [];
    if (lookAt(target, SNAPSHOT).status !== 'COMPLETE') return [];
    const place = { accountId, region };
    const [images = [], ...since] = imagesDuring(stage, chapter, place);
    if (since.length > 0) return [];
    const isStale = (kind: string, resourceId: string) =>
      findings.some(
        (one) => keyOf(one, one) === keyOf(place, { kind, resourceId }) && one.verdict === 'STALE',
      );
    const { minAgeDays, protectTags } = policyIn(stage.organization, step, accountId, 'scan');
    const unused = images.filter(({ imageId }) => isStale(KIND, imageId));
    const held = new Set(unused.flatMap(({ snapshotIds }) => snapshotIds));
    return [...held].flatMap((id) => {
      const snapshot = stage.witness.estateOf(place)?.snapshot(id);
      const holders = images.filter(({ snapshotIds }) => snapshotIds.includes(id));
      const areAllUnused = holders.every(({ imageId }) => isStale(KIND, imageId));
      const needs = stage.witness.needs
        .at(id, first.number)
        .filter(({ sight, protectTag }) => sight !== 'images' && isTag(protectTag, protectTags));
      const isDue = snapshot !== undefined && isOldEnough(snapshot, minAgeDays, first.at);
      const isFreed = areAllUnused && needs.length === 0 && isDue && !isStale(SNAPSHOT, id);
      const isTold = told.has(keyOf(place, { kind: SNAPSHOT, resourceId: id }));
      // Of what was made up besides, nobody says how long ago it was launched.
      const areKnown = holders.every(({ isPut }) => isPut);
      if (isFreed === isTold || (isFreed && !areKnown)) return [];
      const who = [...holders.map(({ imageId }) => imageId), ...needs.map((one) => one.who)].join();
      return [`${id} as ${isTold ? '' : 'not '}freed, held by ${who}`];
    });
  });
}

function isTag(protectTag: string | undefined, protectTags: readonly string[]): boolean {
  return protectTag === undefined || protectTags.includes(protectTag);
}

function keyOf(
  { accountId, region }: { readonly accountId: string; readonly region: string },
  { kind, resourceId }: Pick<Freed, 'kind' | 'resourceId'>,
): string {
  return [kind, accountId, region, resourceId].join();
}
