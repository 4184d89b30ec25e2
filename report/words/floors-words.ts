import { watchedInWords } from './hold-words.ts';
import { agreed } from '../format/agreed.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { Floors } from '../../core/floors/floors.ts';
import type { LimitKey } from '../../core/input/input.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { placesInWords } from '../format/place.ts';

/** In a message, two lines and a half; the page has all of it. */
export const LONGEST_FLOORS = 200;

/** Where a floor stands in the configuration, for who deploys. */
export function floorKeys(keys: readonly (keyof Floors)[]): string {
  return placesInWords(keys.map((key) => `deletion.floors.${key}`));
}

/** "Only who deploys can allow more (deletion.floors.maxRemovals)." */
export function onlyDeployment(what: string, keys: readonly (keyof Floors)[]): string {
  return `Only who deploys orgsweep can allow ${what} (${floorKeys(keys)}).`;
}

/**
 * What a deployment sets, in one sentence; undefined: nothing.
 *
 * @param skippable the sources that could be skipped if the deployment said so
 */
export function floorsInWords(
  floors: Floors | null,
  skippable: readonly string[],
  words: WordsByKind,
): string | undefined {
  if (floors === null) return undefined;
  const { approval, requireUndo, minAgeDays, graceDays, keepLastCopy, skippableSources } = floors;
  const skipped = skippable.filter((name) => skippableSources.includes(name));
  const parts = [
    ...(approval === 'required' ? ['a person approves each deletion plan'] : []),
    ...(requireUndo ? ['only what can be restored is deleted'] : []),
    ...(minAgeDays > 0 ? [`unused from ${formatNoun(minAgeDays, 'day')} of age`] : []),
    ...(graceDays > 0 ? [`at least ${formatNoun(graceDays, 'day')} of grace`] : []),
    ...(keepLastCopy ? [lastCopyStays(words), ...noneWithoutCopy(words)] : []),
    ...(skipped.length === skippable.length ? [] : [checksInWords(skipped)]),
    ...LIMIT_WORDS.flatMap(([name, say]) => {
      const floor = floors[name];
      return floor === undefined ? [] : [say(formatCount(floor), words)];
    }),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function checksInWords(skipped: readonly string[]): string {
  return skipped.length === 0
    ? 'no check may be skipped'
    : `only ${placesInWords(skipped)} may be skipped`;
}

function lastCopyStays(words: WordsByKind): string {
  const of = agreed(words, ({ one, copiesOf }) => copiesOf && `${one} of a ${copiesOf}`);
  return `the last ${of ?? 'copy'} stays`;
}

/** Of kinds that could be deleted without a copy if their policy said so. */
function noneWithoutCopy(words: WordsByKind): string[] {
  return Object.values(words)
    .filter(({ ownFloors = {} }) =>
      Object.values(ownFloors).some(
        // What may only be true is about a last copy, and not about having any.
        (of) => 'floor' in of && of.floor === 'keepLastCopy' && of.only === false,
      ),
    )
    .map(({ one }) => `no ${one} goes without a copy`);
}

type SayLimit = (count: string, words: WordsByKind) => string;

const LIMIT_WORDS: readonly [LimitKey, SayLimit][] = [
  ['maxRemovals', (count) => `at most ${count} deletions`],
  ['maxRemovalsPerAccount', (count) => `at most ${count} in an account`],
  ['maxRemovalsPerTarget', (count) => `at most ${count} in an account-Region`],
  ['maxStalePercentOverall', (count) => `at most ${count}% unused`],
  ['maxStalePercentPerAccount', (count) => `at most ${count}% unused in an account`],
  ['maxStalePercent', (count) => `at most ${count}% unused in an account-Region`],
  ['maxPlanAgeDays', (count) => `plans at most ${count} days old`],
  [
    'minReferencePercent',
    (count, words) =>
      `at least ${count}% of the usual ${watchedInWords(words, 'and') ?? 'references'} seen`,
  ],
];
