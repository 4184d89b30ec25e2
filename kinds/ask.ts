import { toAwsFailure } from '../aws/answers/aws-error.ts';
import type { Policy } from '../core/input/input.ts';
import { DAY_MS } from '../core/model/age.ts';
import type { AwsFailure } from '../core/outcome/outcome.ts';
import type { Look } from './look.ts';
import type { Answers, Question } from './question.ts';

/** A resource, and the names of the questions that were answered about it. */
export interface Asked {
  readonly facts: unknown;
  readonly answered: readonly string[];
}

/** As many as are sent along with each batch. */
const MOST_CONTROLS = 10;

/**
 * The controls of a look, by question, for one that follows within seconds. What was in use then still has
 * to show in the answer, which is asked for anew. That there were none isn't kept: there may be some now.
 */
export type Controls = Map<string, readonly string[]>;

export interface AskingKind {
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
  of: {
    readonly resources: readonly unknown[];
    readonly known: Iterable<unknown> | null;
    readonly controls?: Controls;
  },
): Promise<{ asked: ReadonlyMap<string, Asked>; failures: readonly AwsFailure[] }> {
  const asked = new Map<string, Asked>();
  for (const facts of of.resources)
    asked.set(kind.describe(facts, look).resourceId, { facts, answered: [] });
  const failures: AwsFailure[] = [];
  for (const question of questions) {
    const { answers, failures: ofQuestion } = await askOne(look, question, asked, of);
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
  of: { readonly known: Iterable<unknown> | null; readonly controls?: Controls },
) {
  const { name, batchSize } = question;
  const answers = new Map<string, unknown>();
  const failures: AwsFailure[] = [];
  try {
    const controls = await controlsOf(look, question, of);
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

async function controlsOf(
  look: Look,
  question: Question<unknown>,
  {
    known,
    controls: kept,
  }: { readonly known: Iterable<unknown> | null; readonly controls?: Controls },
): Promise<readonly string[] | undefined> {
  const before = kept?.get(question.name);
  if (before !== undefined) return before;
  const controls = (await question.controls?.(look, known))?.slice(0, MOST_CONTROLS);
  if (controls !== undefined && controls.length > 0) kept?.set(question.name, controls);
  return controls;
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
