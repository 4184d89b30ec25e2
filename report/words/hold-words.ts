import type { HoldReason } from '../../core/model/hold-reason.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { agreed } from '../format/agreed.ts';

/** What a plan's reason to hold something back is called. */
export interface HoldWords {
  /** In a list of what is held. */
  readonly listed: string;
  /** Of one resource, the end of a sentence. */
  readonly because: string;
  /** For a narrow column; another sentence says it in full. */
  readonly short: string;
}

/** Of any kind; `holdWords` says some in a kind's own words. */
export const HOLD_WORDS: Readonly<Record<HoldReason, HoldWords>> = {
  IN_GRACE: {
    listed: 'in the grace period',
    because: 'it is in the grace period',
    short: 'in grace',
  },
  LAST_COPY: {
    listed: 'last of its copies',
    because: 'it is the last of its copies',
    short: 'last copy',
  },
  LAST_COPY_OF_REMOVED_VOLUME: {
    listed: 'copy of what is being deleted',
    because: 'it is a copy of what is being deleted, or was lately',
    short: 'copy of what goes',
  },
  NO_COPY: {
    listed: 'no copy of it, and none is made',
    because: 'there is no copy of it, and none is made',
    short: 'no copy',
  },
  NEWEST_OF_FAMILY: {
    listed: 'among the newest of its family',
    because: 'it is among the newest of its family, which stay',
    short: 'newest of its family',
  },
  OVER_LIMIT: {
    listed: 'over a limit of the input',
    because: 'it is over a limit of the input',
    short: 'over a limit',
  },
  NO_RECYCLE_BIN_RULE: {
    listed: 'no Recycle Bin rule would retain it',
    because: 'no Recycle Bin rule would retain it',
    short: 'no Recycle Bin rule',
  },
  RECREATION_NOT_ALLOWED: {
    listed: 'could only be made anew, which the policy does not allow',
    because: 'it could only be made anew, which the policy does not allow',
    short: 'could only be made anew',
  },
  IRREVERSIBLE_NOT_ALLOWED: {
    listed: 'cannot be undone, which the policy does not allow',
    because: 'its deletion cannot be undone, which the policy does not allow',
    short: 'cannot be undone',
  },
  USED_BY_ANOTHER_ACCOUNT: {
    listed: 'another account uses it',
    because: 'another account uses it',
    short: 'another account uses it',
  },
  OTHERS_USE_UNKNOWN: {
    listed: 'use by other accounts not known',
    because: 'what other accounts use in this Region is not known',
    short: 'use by other accounts not known',
  },
  OTHERS_NOT_SEEN: {
    listed: 'not all that could use it was seen',
    because: 'not all accounts and Regions that could use it were seen',
    short: 'not all places seen',
  },
  SHARING_NOT_CHECKED: {
    listed: 'sharing not checked yet',
    because: 'sharing was not checked yet',
    short: 'sharing not checked',
  },
  NOT_CHECKED: {
    listed: 'not checked closely yet',
    because: 'something about it could not be checked yet',
    short: 'not checked closely',
  },
  NOT_IN_NAMED_PLAN: {
    listed: 'not in the applied plan',
    because: 'it is not in the applied plan',
    short: 'not in the applied plan',
  },
  NOT_STALE_NOW: {
    listed: 'in the applied plan, no longer unused',
    because: 'it is in the applied plan, and no longer unused',
    short: 'no longer unused',
  },
  REMOVAL_NOT_ALLOWED: {
    listed: "its account's policy allows no deletion",
    because: "its account's policy allows no deletion",
    short: 'policy allows no deletion',
  },
  KIND_NOT_TO_REMOVE: {
    listed: 'of a kind that no run was told to delete',
    because: 'no run was told to delete its kind',
    short: 'kind not selected',
  },
  TAG_LIMIT_REACHED: {
    listed: 'has 50 tags, no room for the marker',
    because: 'it has 50 tags, so there is no room for the marker',
    short: 'no room for one more tag',
  },
  SET_NOT_WHOLE: {
    listed: 'another part of its crash-consistent set stays',
    because: 'another part of its crash-consistent set stays',
    short: 'another of its set stays',
  },
  WHOLE_STAYS: {
    listed: 'part of something that stays',
    because: 'it is part of what stays',
    short: 'part of what stays',
  },
  STEP_NOT_OURS: {
    listed: 'its last step was not by orgsweep',
    because: 'its last step was not taken by orgsweep, as far as its record tells',
    short: 'earlier step by others',
  },
  STEP_NOT_DUE: {
    listed: 'waiting for its next step',
    because: 'the wait before its next step is not over',
    short: 'next step not due yet',
  },
  SANITY_FLOOR: {
    listed: 'far fewer uses seen than usual; result not trusted',
    because: 'far fewer uses than usual were seen, so the result is not trusted',
    short: 'result not trusted',
  },
  TARGET_NOT_COMPLETE: {
    listed: 'its account and Region was not scanned completely',
    because: 'its account and Region was not scanned completely',
    short: 'not all scanned there',
  },
};

/** What is said better in the words of the kind that it is about. */
const BY_KIND: Partial<Record<HoldReason, (words: WordsByKind) => HoldWords | undefined>> = {
  LAST_COPY: (words) => {
    const of = agreed(words, ({ one, copiesOf }) => copiesOf && { one, copiesOf });
    if (of === undefined) return undefined;
    const copy = `last ${of.one} of its ${of.copiesOf}`;
    return { listed: copy, because: `it is the ${copy}`, short: `last ${of.one}` };
  },
  LAST_COPY_OF_REMOVED_VOLUME: (words) => {
    const of = agreed(words, ({ one, copiesOf }) => copiesOf && { one, copiesOf });
    if (of === undefined) return undefined;
    const copy = `copy of a ${of.copiesOf} that is being deleted`;
    return {
      listed: copy,
      because: `it is a ${copy}, or was lately`,
      short: `${of.copiesOf} is being deleted`,
    };
  },
  NEWEST_OF_FAMILY: (words) => {
    const of = agreed(words, ({ many, familyOf }) => familyOf && { many, familyOf });
    if (of === undefined) return undefined;
    const newest = `among the newest ${of.many} of its ${of.familyOf}`;
    return {
      listed: newest,
      because: `it is ${newest}, which stay`,
      short: `newest of its ${of.familyOf}`,
    };
  },
  SET_NOT_WHOLE: (words) => {
    const one = agreed(words, (of) => of.copiesOf && of.one);
    if (one === undefined) return undefined;
    const stays = `another ${one} of its crash-consistent set stays`;
    return { ...HOLD_WORDS.SET_NOT_WHOLE, listed: stays, because: stays };
  },
  SANITY_FLOOR: (words) => {
    const watched = watchedInWords(words);
    if (watched === undefined) return undefined;
    const fewer = `far fewer ${watched} than usual`;
    return {
      ...HOLD_WORDS.SANITY_FLOOR,
      listed: `${fewer}; result not trusted`,
      because: `${fewer} were seen, so the result is not trusted`,
    };
  },
};

/** What a reason to hold is called. @param words of the kinds that it may be about */
export function holdWords(reason: HoldReason, words: WordsByKind): HoldWords {
  return BY_KIND[reason]?.(words) ?? HOLD_WORDS[reason];
}

/** "volumes or AMIs"; undefined: of several kinds, each its own. */
export function watchedInWords(words: WordsByKind, joint = 'or'): string | undefined {
  return agreed(words, ({ watched }) => watched)?.join(` ${joint} `);
}
