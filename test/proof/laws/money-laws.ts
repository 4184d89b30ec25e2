import type { Summary } from '../../../core/summary/summary.ts';
import { breachesInFreed, freedIn } from '../amis/money.ts';
import type { Chapter } from '../run/chapter.ts';
import { KIND as AMI } from '../amis/laws.ts';
import type { Stage } from '../run/stage.ts';

const CENT = 0.01;
/** How wrong a clock may be that savings are told by. */
const CLOCK_TOLERANCE_MINUTES = 5;

/** What money is told of: a finding, a removal that is planned, or one that is done. */
interface Priced {
  readonly kind: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly monthlyCostUsdUpTo: number | null;
  readonly sharesWith?: string | undefined;
}

/** What has to hold of the money that an execution tells; each breach in words. */
export function breachesInMoney(stage: Stage, chapters: readonly Chapter[]): string[] {
  const chapter = chapters.at(-1);
  if (!chapter?.summary || chapter.tampered || chapter.forged !== null) return [];
  return [
    ...breachesInSums(chapter, chapter.summary),
    ...breachesInFreed(stage, chapter),
    ...breachesInSavings(stage, chapters, chapter.summary),
  ].map((breach) => `${chapter.executionId} tells ${breach}`);
}

/** Each thing's own cost once, at its own kind, and nothing for what a step makes of it. */
function breachesInSums(chapter: Chapter, summary: Summary): string[] {
  const { findings, plan, removals } = chapter;
  const stale = findings
    .filter(({ verdict }) => verdict === 'STALE')
    .map((one) => ({ ...one, sharesWith: one.evidence.billing?.sharesWith ?? undefined }));
  const costs = new Map(stale.map((one) => [keyOf(one), one.monthlyCostUsdUpTo]));
  const freed = freedIn(chapter);
  const going = (plan?.removals ?? []).filter(({ goesOn }) => goesOn !== true);
  const gone = removedIn(removals, plan);
  const steps = removals.filter(({ outcome }) => outcome === 'STEP_DONE');
  const known = (of: readonly { makesMonthlyCostUsdUpTo?: number | null | undefined }[]) =>
    of.reduce((sum, one) => sum + (one.makesMonthlyCostUsdUpTo ?? 0), 0);
  const told = summary.plan;
  return [
    ...[...(plan?.removals ?? []), ...removals]
      .filter((one) => costs.has(keyOf(one)) && costs.get(keyOf(one)) !== one.monthlyCostUsdUpTo)
      .map(({ resourceId, monthlyCostUsdUpTo: usd }) => `${resourceId} at another cost: ${usd}`),
    ...differs('unused', summary.counts.staleMonthlyCostUsdUpTo, sumOf([...stale, ...freed])),
    ...Object.entries(summary.byKind).flatMap(([kind, share]) =>
      differs(
        `unused of ${kind}`,
        share.staleMonthlyCostUsdUpTo,
        sumOf([...stale.filter(isOf(kind)), ...(kind === AMI ? freed : [])]),
      ),
    ),
    ...(told === null ? [] : differs('planned', told.removalsMonthlyCostUsdUpTo, sumOf(going))),
    ...differs(
      'planned to make',
      told?.makes?.monthlyCostUsdUpTo ?? 0,
      known(plan?.removals ?? []),
    ),
    ...differs('removed', summary.removals.removedMonthlyCostUsdUpTo, sumOf(gone)),
    ...Object.entries(summary.removals.byKind ?? {}).flatMap(([kind, ends]) =>
      differs(`removed of ${kind}`, ends.removedMonthlyCostUsdUpTo, sumOf(gone.filter(isOf(kind)))),
    ),
    ...differs('made', summary.removals.made?.monthlyCostUsdUpTo ?? 0, known(steps)),
  ];
}

/**
 * Over all executions: what each removed, once, and nothing of it as saved that AWS still has in a bin.
 * What was restored since isn't told here.
 */
function breachesInSavings(stage: Stage, chapters: readonly Chapter[], summary: Summary): string[] {
  const own = chapters.at(-1)!;
  const here = chapters.filter(({ place }) => place === own.place);
  // Of two at once the other one may have told its own before, or after.
  if (here.filter(({ round }) => round === own.round).length > 1) return [];
  const saved = summary.funnel?.saved;
  // One that died, or by a clock that was wrong, may be missing there.
  const isKnown = here.every(
    (one) => one.summary !== null && !one.crashed && one.clockMinutes <= CLOCK_TOLERANCE_MINUTES,
  );
  if (!saved || !isKnown || stage.forged.length > 0 || stage.broughtBack.size > 0) return [];
  const removed = here.flatMap(({ removals, plan }) => removedIn(removals, plan));
  const inBin = removed.filter((one) => isInBin(stage, one));
  const { gone, inRecycleBin } = saved;
  const each = here.map(({ removals, plan }) => sumOf(removedIn(removals, plan)));
  const all = each.reduce((sum, usd) => sum + usd, 0);
  return [
    ...(gone.resources + inRecycleBin.resources === removed.length
      ? []
      : [`${gone.resources} saved and ${inRecycleBin.resources} in the bin of ${removed.length}`]),
    ...differs('saved', gone.monthlyCostUsdUpTo + inRecycleBin.monthlyCostUsdUpTo, all),
    ...(inRecycleBin.resources >= inBin.length
      ? []
      : [`${inRecycleBin.resources} in the bin, where ${inBin.length} are`]),
  ];
}

/** With what only the plan says of them. */
function removedIn(removals: Chapter['removals'], plan: Chapter['plan']) {
  const planned = new Map(plan?.removals.map((one) => [keyOf(one), one.sharesWith]));
  return removals
    .filter(({ outcome }) => outcome === 'REMOVED')
    .map((one) => ({ ...one, sharesWith: one.sharesWith ?? planned.get(keyOf(one)) }));
}

/** By the simulation's own account. */
function isInBin({ witness }: Stage, { accountId, region, resourceId }: Priced): boolean {
  const estate = witness.estateOf({ accountId, region });
  return (
    estate?.binnedSnapshot(resourceId) !== undefined ||
    estate?.volumeInRecycleBin(resourceId) !== undefined
  );
}

/** Of what shares data the dearest, once. */
function sumOf(all: readonly Priced[]): number {
  const most = new Map<string, number>();
  for (const one of all) {
    const { accountId, region, kind, sharesWith } = one;
    const group =
      sharesWith === undefined ? keyOf(one) : [accountId, region, kind, sharesWith].join();
    most.set(group, Math.max(most.get(group) ?? 0, one.monthlyCostUsdUpTo ?? 0));
  }
  return [...most.values()].reduce((sum, usd) => sum + usd, 0);
}

function isOf(kind: string) {
  return (one: { readonly kind: string }) => one.kind === kind;
}

function keyOf({ kind, accountId, region, resourceId }: Omit<Priced, 'monthlyCostUsdUpTo'>) {
  return [kind, accountId, region, resourceId].join();
}

function differs(what: string, told: number, counted: number): string[] {
  const isAlike = Math.abs(told - counted) < CENT;
  return isAlike ? [] : [`$${told.toFixed(2)} ${what}, and it is $${counted.toFixed(2)}`];
}
