import type { NotKept } from '../../core/outcome/not-kept.ts';
import { groupBy } from '../../core/model/group-by.ts';
import type { BinRetention } from '../../core/outcome/recycle-bin.ts';
import type { Summary, WithoutRule } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { createRules, listRules } from '../commands/aws-commands.ts';
import { onlyDeployment } from '../words/floors-words.ts';
import { heldAmount, heldWorth } from './held-amount.ts';
import { nounOfKinds } from '../format/noun.ts';
import { ofKind } from '../format/only-reported.ts';
import { formatCount } from '../format/money.ts';
import { nameInWords, placeInWords } from '../format/place.ts';
import type { NextStep } from '../parts/step.ts';
import { within } from '../commands/within-floors.ts';

/** More are a matter of the StackSet that rolls the rules out. */
const MOST_BY_HAND = 8;
const ROLL_OUT = {
  lead: 'Add their OUs to deletion.organizationalUnits (docs/operating.md, section 4), then',
  command: 'npm run cdk -- deploy OrgsweepSpokes',
};
const NAMED = 2;
const SHORT_NAME = 30;

/** What a person can do where no rule would retain what a plan could delete; places follow. */
const REMEDY: Readonly<Record<Exclude<NotKept, 'NO_RULE' | 'NOT_MATCHING'>, string>> = {
  NOT_AVAILABLE: 'Wait until AWS has made the Recycle Bin rule available in',
  NOT_READ:
    'Permit the discovery role rbin:ListRules and rbin:GetRule, or scan again if it may, in',
  NOT_LOOKED_AT: "Start another run: the Recycle Bin's rules were not read in",
};

const REMEDY_TITLE: Readonly<Record<keyof typeof REMEDY, string>> = {
  NOT_AVAILABLE: 'Wait for Recycle Bin rules',
  NOT_READ: 'Let Recycle Bin rules be read',
  NOT_LOOKED_AT: 'Start another run',
};

/** A rule on the marker helps where there is none, and where there are only others. */
export function stepsForRules(summary: Summary): NextStep[] {
  const all = summary.plan?.withoutRecycleBinRule ?? [];
  // What nobody wants to delete needs no rule.
  const targets = all.filter(({ kind }) => !isNotToRemove(summary, kind));
  const byKind = groupBy(targets, ({ kind }) => kind);
  return byKind.flatMap((places) => {
    const [first, ...rest] = stepsOfKind(summary, places, byKind.length > 1);
    return first === undefined ? [] : [withWorth(first, ofPlaces(summary, places)), ...rest];
  });
}

/** As of the kind whose rules are missing there. */
function ofPlaces(summary: Summary, [first]: readonly WithoutRule[]): Summary {
  const kind = first?.kind ?? '';
  return summary.funnelByKind?.[kind] === undefined ? summary : ofKind(summary, kind);
}

/** What is held of one kind, with its first step. */
function withWorth(step: NextStep, summary: Summary): NextStep {
  const amount = heldAmount(summary, 'NO_RECYCLE_BIN_RULE');
  const worth = heldWorth(summary, 'NO_RECYCLE_BIN_RULE');
  return {
    ...step,
    what: step.what.replace('(NO_RECYCLE_BIN_RULE)', () => `(${amount}, NO_RECYCLE_BIN_RULE)`),
    ...(worth !== undefined && { worth }),
  };
}

/** Summaries of earlier versions don't tell of which kinds something was to be removed. */
function isNotToRemove({ funnelByKind = {}, input }: Summary, kind: string): boolean {
  if (input.remove?.includes(kind) === false) return true;
  const { stale, needsDecision } = funnelByKind[kind] ?? {};
  const { KIND_NOT_TO_REMOVE: held } = needsDecision?.byReason ?? {};
  return held !== undefined && held.resources === stale?.resources;
}

/** @param isOneOfMany whether it takes the kind's name to tell them apart */
function stepsOfKind(
  summary: Summary,
  targets: readonly WithoutRule[],
  isOneOfMany: boolean,
): NextStep[] {
  const [{ kind } = { kind: '' }] = targets;
  const words = wordsIn(summary);
  const keeps = words[kind]?.recycleBin;
  const many = isOneOfMany ? ` for ${nounOfKinds([kind], words).many}` : '';
  const missing = targets.filter(({ why }) => why === 'NO_RULE' || why === 'NOT_MATCHING');
  const others = (Object.keys(REMEDY) as (keyof typeof REMEDY)[]).flatMap((why): NextStep[] => {
    const places = targets.filter((target) => target.why === why);
    const [first] = places;
    if (first === undefined) return [];
    return [
      {
        title: REMEDY_TITLE[why],
        what: `${REMEDY[why]} ${placesOf(places, summary)} (NO_RECYCLE_BIN_RULE).`,
        short: `${REMEDY[why]} ${namesOf(places, summary)}.`,
        ...(keeps && { command: listRules(summary, keeps, first) }),
      },
    ];
  });
  return [...stepToCreate(summary, missing, { kind, keeps, many }), ...others];
}

function stepToCreate(
  summary: Summary,
  places: readonly WithoutRule[],
  { kind, keeps, many }: { kind: string; keeps: BinRetention | undefined; many: string },
): NextStep[] {
  if (places.length === 0) return [];
  const what = `Create a Recycle Bin rule${many} on the tag orgsweep:marked=true in`;
  const isRolledOut = summary.hubName !== null && places.length > MOST_BY_HAND;
  return [
    {
      title: `Create Recycle Bin rules${many}`,
      what: `${what} ${placesOf(places, summary)} (NO_RECYCLE_BIN_RULE).`,
      short: `Create a Recycle Bin rule${many} in ${namesOf(places, summary)}.`,
      why: within(
        summary,
        { policy: { requireUndo: false } },
        () => 'If you set policy.requireUndo to false, deletions there cannot be undone.',
        (keys) =>
          `Until then what needs it stays. ${onlyDeployment('deletions that cannot be undone', keys)}`,
      ),
      ...(isRolledOut
        ? { command: ROLL_OUT }
        : keeps && { command: createRules(summary, { kind, keeps }, places) }),
    },
  ];
}

/** Accounts by name; the command has all of them. */
function placesOf(places: readonly WithoutRule[], { byAccount }: Summary): string {
  const more = places.length - NAMED;
  const named = places
    .slice(0, NAMED)
    .map(({ accountId, region }) =>
      placeInWords({ accountId, region, accountName: byAccount[accountId]?.accountName ?? null }),
    );
  return [...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join('; ');
}

/** The same without the numbers, for where there is little room. */
function namesOf(places: readonly WithoutRule[], { byAccount }: Summary): string {
  const more = places.length - NAMED;
  const named = places.slice(0, NAMED).map(({ accountId, region }) => {
    const name = nameInWords(byAccount[accountId]?.accountName ?? '', SHORT_NAME);
    return `${name === '' ? accountId : name} ${region}`;
  });
  return [...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
}
