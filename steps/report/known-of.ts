import type { Ended } from '../../core/summary/make-summary.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { pricesUsed } from '../../core/prices/sources.ts';
import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { pricesAmong, skippableReferencesOf } from '../../kinds/among.ts';
import { wordsOf } from '../../kinds/in-words.ts';
import type { Deps, FoldDeps } from '../deps.ts';
import { type Expected, pricesOf } from '../expected.ts';
import { keysOf } from '../../store/keys.ts';

/** What a summary is made of, but for what came of the plan and of what was before. */
export type Known = Pick<
  Ended,
  | 'executionId'
  | 'input'
  | 'startedAt'
  | 'finishedAt'
  | 'outcomes'
  | 'accounts'
  | 'organization'
  | 'organizationalUnitNames'
  | 'prices'
  | 'pricesFailure'
  | 'kindsWithoutPrices'
  | 'clock'
  | 'actsAs'
  | 'notLookedAt'
  | 'blindSpots'
  | 'skippableSources'
  | 'words'
  | 'globalKinds'
  | 'floors'
  | 'raisedToFloors'
  | 'location'
  | 'hubName'
  | 'startedBy'
  | 'simulated'
>;

export function knownOf(
  deps: FoldDeps & Pick<Deps, 'hubName' | 'simulated' | 'startedBy'>,
  expected: Expected,
  seen: { readonly outcomes: readonly TargetOutcome[]; readonly finishedAt: Date },
): Known {
  const kinds = kindsAmong(deps, expected);
  return {
    ...seen,
    executionId: expected.executionId,
    input: { ...expected, plan: expected.basedOn ?? undefined },
    startedAt: new Date(expected.startedAt),
    accounts: expected.accounts,
    organization: expected.organization,
    organizationalUnitNames: expected.organizationalUnits ?? {},
    prices: pricesUsed(pricesOf(expected, deps.kinds), seen.outcomes, pricesAmong(deps.kinds)),
    clock: expected.clock ?? null,
    actsAs: expected.actsAs ?? null,
    pricesFailure: expected.pricesFailure ?? null,
    kindsWithoutPrices: kinds.flatMap(({ kind, prices }) => (prices === undefined ? [kind] : [])),
    notLookedAt: kinds.flatMap(({ blindSpots }) => blindSpots),
    blindSpots: Object.fromEntries(
      kinds.flatMap(({ kind, blindSpots }) => (blindSpots.length > 0 ? [[kind, blindSpots]] : [])),
    ),
    words: wordsOf(kinds),
    globalKinds: kinds.filter(({ reach }) => reach === 'global').map(({ kind }) => kind),
    skippableSources: skippableReferencesOf(kinds),
    // Whoever runs it with credentials of their own has deployed nothing.
    floors: deps.hubName === undefined ? null : (expected.floors ?? null),
    raisedToFloors: expected.raisedToFloors,
    location: deps.store.locationOf(keysOf(expected.executionId).root),
    hubName: deps.hubName,
    startedBy: deps.startedBy,
    simulated: deps.simulated,
  };
}

/** What the kinds that it looks at call what is theirs. */
export function wordsAmong(deps: Pick<Deps, 'kinds'>, expected: Expected): WordsByKind {
  return wordsOf(kindsAmong(deps, expected));
}

function kindsAmong({ kinds }: Pick<Deps, 'kinds'>, expected: Expected): Deps['kinds'] {
  return kinds.filter(({ kind }) => expected.kinds.includes(kind));
}
