import type { AwsFailure } from '../core/outcome/outcome.ts';
import type { Look } from './look.ts';

/** What can't be listed for all resources at once, and so is asked about candidates alone. */
export interface Question<F, A = unknown> {
  /** Where it is a reference too, by that name. */
  readonly name: string;
  /** `removable`: what a plan could remove now, the oldest first. Everything is asked again before a removal. */
  readonly askedOf: 'stale' | 'removable';
  /** Whether `policy.skipReferences` may switch it off. */
  readonly skippable: boolean;
  /** At most so many resources in one call of `ask`. */
  readonly batchSize: number;
  /**
   * At most so many resources in one look at a target; the others stay unanswered. Of what is asked of
   * all that is stale, another part has its turn on another day.
   */
  readonly mostPerTarget: number;
  /** Calls per target, in words; left out: a reference by its name says it. */
  readonly cost?: string;
  /**
   * Names of some things that are known to be in use: one of them has to show in each answer, or
   * that answer proves nothing. Left out: an answer proves itself, because it says something of each
   * resource.
   *
   * @param known what the look at this kind has listed. null in a second look, which lists only what is
   *   to be removed: all that could be a control is listed then, by `look.read`, as it is now
   * @throws what ends a listing: nobody knows whether there are controls, and all is unanswered
   */
  controls?(look: Look, known: Iterable<F> | null): Promise<readonly string[]>;
  /**
   * Whether it is asked where there are no controls in all of the target, because an answer may still
   * show something, and the policy takes something else where it doesn't. Left out: it isn't. Pure.
   */
  asksWithoutControls?(at: Pick<Look, 'policy'>): boolean;
  /** The answer about one of which the question says nothing. undefined: it is asked. Left out: each is. Pure. */
  withoutAsking?(facts: F): A | undefined;
  /**
   * @param controls none: the answers have to say that silence proves nothing
   * @throws what AWS answers: the batch is unanswered, and the kind incomplete
   */
  ask(look: Look, batch: readonly F[], controls: readonly string[]): Promise<Answers<A>>;
  /** The facts with the answer. Pure. */
  answered(facts: F, answer: A): F;
}

export interface Answers<A> {
  /** By resource id. What isn't in it is unanswered. */
  readonly of: ReadonlyMap<string, A>;
  /** Those of the controls that showed. */
  readonly seen?: readonly string[];
  /** What kept some of it from being answered. */
  readonly failures?: readonly AwsFailure[];
}

/** Hides `F` behind what parses facts from outside. */
export function askedOfAny<F>(
  { controls, withoutAsking, ...question }: Question<F>,
  parsed: (facts: unknown) => F,
): Question<unknown> {
  const all = function* (known: Iterable<unknown>) {
    for (const facts of known) yield parsed(facts);
  };
  return {
    ...question,
    ...(controls && { controls: async (look, known) => controls(look, known && all(known)) }),
    ...(withoutAsking && { withoutAsking: (facts) => withoutAsking(parsed(facts)) }),
    ask: async (look, batch, of) => question.ask(look, batch.map(parsed), of),
    answered: (facts, answer) => question.answered(parsed(facts), answer),
  };
}
