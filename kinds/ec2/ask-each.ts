import pMap from 'p-map';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { makePace } from '../../aws/answers/pace.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Look } from '../look.ts';
import type { Answers } from '../question.ts';

/** Calls for each: few at a time, so that the account's own users of the API keep their share. */
const AT_ONCE = 4;

/** What is asked about each resource by itself. */
interface AskedOfEach<A> {
  /** Of the failures. */
  readonly source: string;
  /** EC2's codes for one that isn't there any more. */
  readonly gone: ReadonlySet<string>;
  /**
   * @param turn waited for before each call
   * @returns `NOT_TOLD`: an answer of AWS that says nothing of what was asked
   */
  read(id: string, turn: () => Promise<void>): Promise<A | 'NOT_TOLD'>;
}

/** One that has gone meanwhile is unanswered; one whose look failed lacks it, and is not known. */
export async function askEach<A>(
  ids: readonly string[],
  { clock }: Pick<Look, 'clock'>,
  { source, gone, read }: AskedOfEach<A>,
): Promise<Answers<A | 'FAILED'>> {
  const failures: AwsFailure[] = [];
  const of = new Map<string, A | 'FAILED'>();
  const turn = makePace(clock);
  await pMap(
    ids,
    async (id) => {
      try {
        const answer = await read(id, turn);
        // Not answered, so it stays held: nobody knows.
        if (answer !== 'NOT_TOLD') of.set(id, answer);
      } catch (error) {
        const failure = toAwsFailure(error, source);
        if (gone.has(failure.code)) return;
        failures.push(failure);
        of.set(id, 'FAILED');
      }
    },
    { concurrency: AT_ONCE },
  );
  return { of, failures };
}
