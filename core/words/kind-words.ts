import { z } from 'zod';
import { FloorsOfKeys } from '../input/own-floors.ts';
import { KindName, ReasonCode, StepName } from '../model/ids.ts';
import { BinRetention } from '../outcome/recycle-bin.ts';
import { UndoWay } from '../outcome/undo.ts';
import { VerdictName } from '../model/verdict.ts';

const words = z.string().min(1);

/**
 * What people call resources of one kind, and what is told of them. What is left out isn't told: the
 * smallest kind has a noun and its reasons.
 */
export const KindWords = z.strictObject({
  one: words.describe('"snapshot"'),
  many: words.describe('"snapshots"'),
  reasons: z
    .partialRecord(VerdictName, z.record(ReasonCode, words))
    .describe('What each reason says of a resource, the end of a sentence, under its verdict.'),
  advice: z
    .record(ReasonCode, words)
    .optional()
    .describe('Why one costs more than it must, the end of a sentence.'),
  unusedIf: words.optional().describe('When one is unused: "its volume was deleted"'),
  copiesOf: words.optional().describe('What several hold the data of: "volume"'),
  familyOf: words.optional().describe('What its newest stay of: "repository"'),
  aboutLastCopies: words.optional().describe('A sentence for who decides on last copies.'),
  /** Where several share data: how that is counted, and what of it is not freed. */
  sharedCost: z.strictObject({ counted: words, notFreed: words }).optional(),
  watched: z.array(words).optional().describe('What its sanity floor goes by: "volumes"'),
  madeFrom: words.optional().describe('What should be where it is looked for: "volumes"'),
  usedBy: words.optional().describe('What of another account may use one.'),
  /**
   * The AWS CLI's commands that tag one and untag it. `{at}` is where, `{id}` which, `{key}` and
   * `{value}` the tag; `untag` has no value. `id` is what it is called where the reader puts it in.
   */
  commands: z.strictObject({ tag: words, untag: words, id: words }).optional(),
  /** Of what orgsweep removes none of: how a person does, and what becomes of it and its parts then. */
  byHand: z
    .strictObject({ verb: words, command: words, after: words })
    .optional()
    .describe('How a person removes one: "deregister".'),
  unusable: z
    .array(ReasonCode)
    .optional()
    .describe('Reasons of what nobody can use any more: its owners need not be asked.'),
  /** Of the steps before the last: what is done with one, as a command and once it is so. */
  steps: z
    .record(StepName, z.strictObject({ verb: words, done: words }))
    .optional()
    .describe('What a step before deletion is called: "copy", "copied".'),
  /** Of what a step makes, from which one is made again. */
  made: z
    .strictObject({
      one: words,
      many: words.optional(),
      keptDays: z.int().min(1),
      byHand: words.optional().describe('How a person makes one again of what others made.'),
    })
    .optional()
    .describe('What a step makes, and for how many days that is kept: "final copy".'),
  /** What the kind can do: its words say nothing of it, and the registry fills it in. */
  hasRecycleBin: z.literal(true).optional().describe('A Recycle Bin keeps what is removed.'),
  recycleBin: BinRetention.optional().describe('What a rule of it is about.'),
  undo: z
    .record(StepName, UndoWay)
    .optional()
    .describe('How each step of its removal is undone at best.'),
  undoElse: z
    .record(StepName, z.array(UndoWay))
    .optional()
    .describe('How else, where that way is not open, the best first.'),
  ownFloors: FloorsOfKeys.optional().describe('What floors say of its own keys in a policy.'),
  ownDays: z
    .strictObject({ minAgeDays: z.int().optional(), graceDays: z.int().optional() })
    .optional()
    .describe('What a policy has of it where nobody says anything: a larger least age.'),
  isMeasurable: z.literal(true).optional().describe('What a removal frees can be measured.'),
  isOnlyReported: z.literal(true).optional().describe('orgsweep removes none of it.'),
});
export type KindWords = Readonly<z.infer<typeof KindWords>>;

/** What a kind says itself. */
export type OwnWords = Omit<
  KindWords,
  | 'hasRecycleBin'
  | 'recycleBin'
  | 'isMeasurable'
  | 'isOnlyReported'
  | 'undo'
  | 'undoElse'
  | 'ownFloors'
  | 'ownDays'
>;

export const WordsByKind = z.record(KindName, KindWords);
export type WordsByKind = Readonly<Record<string, KindWords>>;
