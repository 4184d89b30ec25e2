import type { z } from 'zod';
import { brokenListing, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { PlainClient } from '../../../../aws/sessions/plain-service.ts';

type Command = Parameters<PlainClient['send']>[0];

/** A question to a service that has no client of its own, and what its answer has to be. */
interface Question<A> {
  /** `service:Operation`, for the errors. */
  readonly operation: string;
  readonly Answer: z.ZodType<A>;
}

/** @throws {BrokenListing} for an answer that isn't as AWS documents it, and what AWS refuses */
export async function ask<A>(
  { operation, Answer }: Question<A>,
  client: PlainClient,
  command: Command,
): Promise<A> {
  const { $metadata: _, ...answer } = await client.send(command);
  // REST gives its whole body by this name.
  const parsed = Answer.safeParse('body' in answer ? answer['body'] : answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw brokenListing(operation, `an answer came without its ${where || 'content'}`);
}

/** All items of a listing that is asked for page by page, to its end. */
export async function* itemsOf<A extends object, T>(
  question: Question<A> & {
    readonly items: (page: A) => readonly T[];
    readonly token: (page: A) => string | null | undefined;
  },
  client: PlainClient,
  command: (token: string | undefined) => Command,
): AsyncGenerator<T> {
  const tokenOf = (page: A) => question.token(page) ?? undefined;
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
