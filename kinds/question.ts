import { toAwsFailure } from '../aws/answers/aws-error.ts';
import type { Policy } from '../core/input/input.ts';
import { DAY_MS } from '../core/model/age.ts';
import type { Observations, Verdict } from '../core/model/verdict.ts';
import type { AwsFailure } from '../core/outcome/outcome.ts';
import type { Discovery, Look } from './look.ts';
import { assessIn } from './seen-before.ts';

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

/** A resource, and the names of the questions that were answered about it. */
export interface Asked {
  readonly facts: unknown;
  readonly answered: readonly string[];
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

/** As many as are sent along with each batch. */
const MOST_CONTROLS = 10;

interface AskingKind {
  readonly questions: readonly Question<unknown>[];
  describe(facts: unknown, look: Look): { readonly resourceId: string };
}

/** The questions that a kind has under this policy. */
export function questionsUnder(
  { questions }: Pick<AskingKind, 'questions'>,
  { skipReferences }: Pick<Policy, 'skipReferences'>,
): readonly Question<unknown>[] {
  return questions.filter(({ name, skippable }) => !(skippable && skipReferences.includes(name)));
}

/** The names of those of these questions that are open. */
export function unansweredOf(
  questions: readonly Question<unknown>[],
  { answered }: Pick<Asked, 'answered'>,
): string[] {
  return questions.map(({ name }) => name).filter((name) => !answered.includes(name));
}

/** Asks these questions about these resources, one question after the other. */
export async function askAbout(
  kind: AskingKind,
  look: Look,
  questions: readonly Question<unknown>[],
  of: { readonly resources: readonly unknown[]; readonly known: Iterable<unknown> | null },
): Promise<{ asked: ReadonlyMap<string, Asked>; failures: readonly AwsFailure[] }> {
  const asked = new Map<string, Asked>();
  for (const facts of of.resources)
    asked.set(kind.describe(facts, look).resourceId, { facts, answered: [] });
  const failures: AwsFailure[] = [];
  for (const question of questions) {
    const { answers, failures: ofQuestion } = await askOne(look, question, asked, of.known);
    failures.push(...ofQuestion);
    for (const [id, { facts, answered }] of asked)
      if (answers.has(id))
        asked.set(id, {
          facts: question.answered(facts, answers.get(id)),
          answered: [...answered, question.name],
        });
  }
  return { asked, failures };
}

async function askOne(
  look: Look,
  question: Question<unknown>,
  asked: ReadonlyMap<string, Asked>,
  known: Iterable<unknown> | null,
) {
  const { name, batchSize } = question;
  const answers = new Map<string, unknown>();
  const failures: AwsFailure[] = [];
  try {
    const controls = (await question.controls?.(look, known))?.slice(0, MOST_CONTROLS);
    const hasControls = controls?.length !== 0;
    const toAsk: unknown[] = [];
    for (const [id, one] of asked) {
      const answer = question.withoutAsking?.(one.facts);
      if (answer === undefined) toAsk.push(one.facts);
      else answers.set(id, answer);
    }
    // Nothing that is in use: no answer could be told from silence.
    const isAsked = hasControls || question.asksWithoutControls?.(look) === true;
    if (!isAsked) return { answers, failures };
    const facts = inTurn(question, toAsk, look.now);
    for (let from = 0; from < facts.length; from += batchSize) {
      const batch = facts.slice(from, from + batchSize);
      const answer = await question.ask(look, batch, controls ?? []);
      failures.push(...(answer.failures ?? []));
      if (isProved(answer, controls)) for (const one of answer.of) answers.set(...one);
      else failures.push({ ...CONTROL_NOT_SEEN, source: name });
    }
  } catch (error) {
    failures.push(toAwsFailure(error, name));
  }
  return { answers, failures };
}

/** However many days are between two looks, multiples of it fall evenly on all there is. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** As many as are asked about, from another one on each day: else the oldest had every turn. */
function inTurn<T>(
  { askedOf, mostPerTarget }: Pick<Question<unknown>, 'askedOf' | 'mostPerTarget'>,
  all: readonly T[],
  now: Date,
): readonly T[] {
  if (askedOf === 'removable' || all.length <= mostPerTarget) return all.slice(0, mostPerTarget);
  const turn = (Math.floor(now.getTime() / DAY_MS) * GOLDEN_RATIO) % 1;
  const from = Math.floor(turn * all.length);
  return [...all.slice(from), ...all.slice(0, from)].slice(0, mostPerTarget);
}

const CONTROL_NOT_SEEN = {
  code: 'CONTROL_NOT_SEEN',
  message: 'nothing that is known to be in use is in the answer, so it says nothing of the others',
};

function isProved({ seen = [] }: Answers<unknown>, controls: readonly string[] | undefined) {
  if (controls === undefined || controls.length === 0) return true;
  return controls.some((control) => seen.includes(control));
}

/** What a second look shows of one resource. */
export interface Rechecked {
  readonly facts: unknown;
  /** Not STALE while a question about it is open. */
  readonly verdict: Verdict;
  /** The states that it is in, since when. */
  readonly observed: Observations;
}

/**
 * Looks at some resources again, and asks everything about those that are still candidates. What is
 * unanswered isn't known.
 *
 * @throws as the kind's own `recheck`
 */
export async function recheckAndAsk(
  kind: AskingKind &
    Parameters<typeof assessIn>[0] & {
      readonly removal: {
        recheck(look: Look, resourceIds: readonly string[]): Promise<Discovery<unknown>>;
      };
    },
  look: Look,
  resourceIds: readonly string[],
): Promise<{ resources: readonly Rechecked[]; incomplete: readonly AwsFailure[] }> {
  const { resources, incomplete } = await kind.removal.recheck(look, resourceIds);
  const seen = (facts: unknown): Rechecked => ({ facts, ...assessIn(kind, facts, look) });
  const kept: Rechecked[] = [];
  const candidates: unknown[] = [];
  for (const facts of resources) {
    const one = seen(facts);
    if (one.verdict.verdict === 'KEEP') kept.push(one);
    else candidates.push(facts);
  }
  const questions = questionsUnder(kind, look.policy);
  const of = { resources: candidates, known: null };
  const { asked, failures } = await askAbout(kind, look, questions, of);
  const answered = [...asked.values()].map((one): Rechecked => {
    const isOpen = unansweredOf(questions, one).length > 0;
    const again = seen(one.facts);
    return { ...again, verdict: unlessOpen(again.verdict, isOpen) };
  });
  return { resources: [...kept, ...answered], incomplete: [...incomplete, ...failures] };
}

function unlessOpen(verdict: Verdict, isOpen: boolean): Verdict {
  if (!isOpen || verdict.verdict !== 'STALE') return verdict;
  return { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] };
}
