import { lookAt } from '../outcome/kind-look.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';
import { groupsByKey } from '../model/group-by.ts';
import { targetKey, type TargetRef } from '../model/target.ts';
import { MOST_NOT_SEEN, type NotSeen } from '../model/verdict.ts';

/** A source of one kind, of which every other target has to be read before a verdict counts. */
export interface AskedSource {
  readonly kind: string;
  readonly source: string;
  /** Whether what it names may be in its own Region only, or in any. */
  readonly from: 'REGION' | 'ORGANIZATION';
  /** Of what may be in any: one target of an account reads all there is of it there. */
  readonly isGlobal: boolean;
  /** A global kind looks in one Region of an account, and what it asks for may be in all of them. */
  readonly isSeenInPart: boolean;
  /** AWS itself says that the Region doesn't have what is listed. */
  isAbsent(region: string): boolean;
}

type Place = NotSeen['at'][number];

/** Where something wasn't seen, and how often in each account. */
interface Unseen {
  readonly places: readonly Place[];
  readonly ofAccount: ReadonlyMap<string, readonly Place[]>;
}

/**
 * Whether what could refer to a resource was seen in all other accounts, and in the other Regions. It
 * counts as seen only where a target's own outcome says that this very source was read to its end.
 * What no account has enabled, or AWS doesn't have in a Region, refers to nothing. Pure.
 *
 * @param outcomes one for every target and account of the execution, without what isn't to be believed
 */
export class OthersSeen {
  readonly #outcomes: readonly TargetOutcome[];
  readonly #isOrganizationKnown: boolean;
  readonly #withUnknownRegions: ReadonlySet<string>;
  readonly #byAccount: ReadonlyMap<string, readonly TargetOutcome[]>;
  readonly #unseen = new Map<string, Unseen>();

  constructor(
    outcomes: readonly TargetOutcome[],
    {
      isOrganizationKnown,
      withUnknownRegions = new Set(),
    }: {
      readonly isOrganizationKnown: boolean;
      /** Accounts that may have Regions of which there is no outcome. */
      readonly withUnknownRegions?: ReadonlySet<string>;
    },
  ) {
    this.#outcomes = outcomes;
    this.#isOrganizationKnown = isOrganizationKnown;
    this.#withUnknownRegions = withUnknownRegions;
    this.#byAccount = groupsByKey(outcomes, ({ accountId }) => accountId);
  }

  /** What wasn't seen that might refer to a resource of this target; null: all of it was. */
  notSeen(asked: AskedSource, target: TargetRef): NotSeen | null {
    const { source } = asked;
    if (!this.#isOrganizationKnown) return { source, places: null, at: [] };
    const { places, ofAccount } = this.#unseenOf(asked, target.region);
    // What the target itself lacks makes it incomplete. Of what is global its account has no other part.
    const isOwn = ({ accountId, region }: Place) =>
      accountId === target.accountId &&
      (asked.from === 'REGION' || asked.isGlobal || region === target.region);
    const own = (ofAccount.get(target.accountId) ?? []).filter(isOwn).length;
    if (places.length === own) return null;
    const at: Place[] = [];
    for (const place of places) {
      if (at.length === MOST_NOT_SEEN) break;
      if (!isOwn(place)) at.push(place);
    }
    return { source, places: places.length - own, at };
  }

  #unseenOf(asked: AskedSource, region: string): Unseen {
    const isInRegion = asked.from === 'REGION';
    const key = JSON.stringify([asked.kind, asked.source, isInRegion ? region : null]);
    const known = this.#unseen.get(key);
    if (known !== undefined) return known;
    const places = isInRegion ? this.#inRegion(asked, region) : this.#anywhere(asked);
    const unseen = { places, ofAccount: groupsByKey(places, ({ accountId }) => accountId) };
    this.#unseen.set(key, unseen);
    return unseen;
  }

  #inRegion(asked: AskedSource, region: string): Place[] {
    return [...this.#byAccount].flatMap(([accountId, ofAccount]) => {
      const here = ofAccount.find((outcome) => outcome.region === region);
      const whole = ofAccount.find((outcome) => outcome.region === null);
      const of = here ?? whole;
      if (of === undefined) return [{ accountId, region, why: 'NOT_LISTED' }];
      return toPlaces(of, whyUnseen(of, asked));
    });
  }

  #anywhere(asked: AskedSource): Place[] {
    if (!asked.isGlobal && !asked.isSeenInPart)
      return [
        ...this.#outcomes.flatMap((outcome) => toPlaces(outcome, whyUnseen(outcome, asked))),
        ...this.#unlisted(),
      ];
    return [...this.#byAccount].flatMap(([accountId, ofAccount]) => {
      const mayRefer = ofAccount.filter((outcome) => outcome.mayRefer !== false);
      const isRead = !asked.isSeenInPart && mayRefer.some((one) => wasRead(one, asked));
      if (mayRefer.length === 0 || isRead) return [];
      const [why = 'NOT_READ'] = mayRefer.flatMap((one) => whyUnseen(one, asked) ?? []);
      return [{ accountId, region: null, why }];
    });
  }

  #unlisted(): Place[] {
    return [...this.#withUnknownRegions].flatMap((accountId) => {
      const ofAccount = this.#byAccount.get(accountId) ?? [];
      const mayRefer = ofAccount.some((outcome) => outcome.mayRefer !== false);
      return mayRefer ? [{ accountId, region: null, why: 'NOT_LISTED' }] : [];
    });
  }
}

function toPlaces({ accountId, region }: TargetOutcome, why: string | null): Place[] {
  return why === null ? [] : [{ accountId, region, why }];
}

function whyUnseen(outcome: TargetOutcome, asked: AskedSource): string | null {
  const { region, status, excluded, mayRefer } = outcome;
  if (mayRefer === false) return null;
  if (region === null) return excluded ?? status;
  // Nothing that is done with an account's roles is done in a Region that it hasn't enabled.
  if (status === 'EXCLUDED' && excluded === 'REGION_NOT_ENABLED') return null;
  if (!asked.isGlobal && asked.isAbsent(region)) return null;
  if (wasRead(outcome, asked)) return null;
  const look = lookAt(outcome, asked.kind);
  if (look.status === 'EXCLUDED') return excluded ?? 'EXCLUDED';
  return look.status === 'COMPLETE' ? 'NOT_READ' : look.status;
}

/** A source is counted only where it was read to its end, with all that it names. */
function wasRead(outcome: TargetOutcome, { kind, source }: AskedSource): boolean {
  return outcome.looks?.[kind]?.references?.[source] !== undefined;
}

/** The outcomes where nothing is believed that is said of these targets. */
export function withoutThose(
  outcomes: readonly TargetOutcome[],
  unbelieved: readonly TargetRef[],
): readonly TargetOutcome[] {
  if (unbelieved.length === 0) return outcomes;
  const keys = new Set(unbelieved.map(targetKey));
  return outcomes.map((outcome) => {
    if (!keys.has(targetKey(outcome))) return outcome;
    const { looks: _looks, mayRefer: _mayRefer, ...rest } = outcome;
    return { ...rest, status: 'FAILED' };
  });
}
