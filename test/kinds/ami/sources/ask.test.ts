import { z } from 'zod';
import type { PlainClient } from '../../../../aws/sessions/plain-service.ts';
import { BATCH } from '../../../../kinds/ami/sources/services/batch.ts';
import { ask, itemsOf } from '../../../../kinds/ami/sources/services/ask.ts';

const Describe = BATCH.command({ name: 'DescribeThings', path: '/things' });
const Answer = z.object({ things: z.array(z.string()), nextToken: z.string().nullish() });
const operation = 'batch:DescribeThings';
const question = {
  ...{ operation, Answer },
  items: (page: z.infer<typeof Answer>) => page.things,
  token: 'nextToken' as const,
};

/** Answers these one after the other. */
function answering(...answers: readonly object[]): PlainClient {
  const left = [...answers];
  return { send: async () => ({ $metadata: {}, ...left.shift() }) } as unknown as PlainClient;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it.each([
  ['of somebody else', { message: 'please log in' }],
  ['with null for its list', { things: null }],
  ['with something else in its list', { things: [{ id: 'a' }] }],
  ['that is empty', {}],
])('an answer %s is broken, and not an empty one', async (_, answer) => {
  const broken = expect.objectContaining({ name: 'BrokenListing' });
  await expect(ask(question, answering(answer), new Describe({}))).rejects.toEqual(broken);
  await expect(all(itemsOf(question, answering(answer), () => new Describe({})))).rejects.toEqual(
    broken,
  );
});

it('says which operation was answered without what', async () => {
  await expect(ask(question, answering({}), new Describe({}))).rejects.toThrow(
    'batch:DescribeThings: an answer came without its things',
  );
});

it('goes on by the token of each page until there is none, or an empty one', async () => {
  const asked: (string | undefined)[] = [];
  const pages = answering(
    { things: ['a'], nextToken: 'second' },
    { things: [], nextToken: 'third' },
    { things: ['b'], nextToken: null },
  );
  const items = itemsOf(question, pages, (token) => {
    asked.push(token);
    return new Describe({});
  });
  expect(await all(items)).toEqual(['a', 'b']);
  expect(asked).toEqual([undefined, 'second', 'third']);
});
