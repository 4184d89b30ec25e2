import { z } from 'zod';
import { brokenListing, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { PlainClient } from '../../../../aws/sessions/plain-service.ts';

type Command = Parameters<PlainClient['send']>[0];

/** A question to a service that has no client of its own, and what its answer has to be. */
interface Question<A> {
  /** `service:Operation`, for the errors. */
  readonly operation: string;
  readonly Answer: z.ZodType<A>;
  /** The member of the answer that has the token of the next page; left out: all comes in one answer. */
  readonly token?: keyof A & string;
}

/** How services call what more there is by. */
const LIKE_A_TOKEN = /token|marker/i;

/** @throws {BrokenListing} for an answer that isn't as AWS documents it, and what AWS refuses */
export async function ask<A>(
  { operation, Answer, token }: Question<A>,
  client: PlainClient,
  command: Command,
): Promise<A> {
  const { $metadata: _, ...answer } = await client.send(command);
  const content = 'body' in answer ? answer['body'] : answer;
  const stranger = Object.entries(content ?? {}).find(
    ([name, value]) => name !== token && LIKE_A_TOKEN.test(name) && value,
  );
  if (stranger !== undefined)
    throw brokenListing(operation, `an answer came with ${stranger[0]}, so there may be more`);
  const parsed = Answer.safeParse(content);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw brokenListing(operation, `an answer came without its ${where || 'content'}`);
}

/** @throws {BrokenListing} for an answer about something else than was asked for */
export function checkIsAbout(
  asked: string,
  told: string,
  { operation }: { readonly operation: string },
): void {
  if (told !== asked)
    throw brokenListing(operation, `${asked} was asked for, and the answer is about ${told}`);
}

const NextToken = z.string().nullish();

/** All items of a listing that is asked for page by page, to its end. */
export async function* itemsOf<A extends object, T>(
  question: Question<A> & {
    readonly items: (page: A) => readonly T[];
    readonly token: keyof A & string;
  },
  client: PlainClient,
  command: (token: string | undefined) => Command,
): AsyncGenerator<T> {
  const tokenOf = (page: A) => NextToken.parse(page[question.token]) ?? undefined;
  const pages = async function* () {
    let token: string | undefined;
    do {
      const page = await ask(question, client, command(token));
      yield page;
      token = tokenOf(page);
    } while (token);
  };
  yield* itemsOfPages(question.operation, pages(), question.items, tokenOf);
}
