import { askAbout, type Controls, unansweredOf } from '../../kinds/ask.ts';
import { type Question } from '../../kinds/question.ts';
import { recheckAndAsk } from '../../kinds/recheck.ts';
import { lookAt } from '../support/aws/fake-ec2.ts';

interface Thing {
  readonly id: string;
  readonly used?: boolean;
  readonly metric?: number;
}

/** Shows a metric of those that are attached, and is silent on the others. */
function aQuestion(given: Partial<Question<unknown>> = {}, silent: readonly string[] = []) {
  const batches: [batch: string[], controls: readonly string[]][] = [];
  const question: Question<unknown> = {
    ...{ name: 'metrics', askedOf: 'stale', skippable: false, batchSize: 2, mostPerTarget: 9 },
    controls: async () => Promise.resolve(['control']),
    ask: async (_, batch, controls) => {
      const things = batch as readonly Thing[];
      batches.push([things.map(({ id }) => id), controls]);
      const isSilent = things.some(({ id }) => silent.includes(id));
      return Promise.resolve({
        of: new Map(things.map(({ id, used = false }): [string, boolean] => [id, used])),
        seen: isSilent ? [] : controls,
      });
    },
    answered: (facts, used) => ({ ...(facts as Thing), used }),
    ...given,
  };
  const kind = {
    ...{ kind: 'made-up', questions: [question] },
    describe: (facts: unknown) => ({ resourceId: (facts as Thing).id, startedAt: null }),
    assess: (facts: unknown) =>
      (facts as Thing).used === true
        ? { verdict: 'KEEP' as const, reasons: ['IN_USE'] }
        : { verdict: 'STALE' as const, reasons: ['UNUSED'] },
  };
  return { question, kind, batches };
}

const { look } = lookAt({});
const things = (...ids: string[]): Thing[] => ids.map((id) => ({ id }));

async function asked(
  { kind, question }: ReturnType<typeof aQuestion>,
  resources: Thing[],
  now = look.now,
) {
  const at = { ...look, now };
  const result = await askAbout(kind, at, [question], { resources, known: resources });
  const open = [...result.asked].filter(([, one]) => unansweredOf([question], one).length > 0);
  return { ...result, open: open.map(([id]) => id) };
}

it('asks in batches, each with the controls', async () => {
  const given = aQuestion();
  const { open, failures } = await asked(given, things('a', 'b', 'c'));
  expect(given.batches).toEqual([
    [['a', 'b'], ['control']],
    [['c'], ['control']],
  ]);
  expect([open, failures]).toEqual([[], []]);
});

it('an answer in which no control shows proves nothing: its batch is unanswered, and says why', async () => {
  const { open, failures, asked: all } = await asked(aQuestion({}, ['b']), things('a', 'b', 'c'));
  expect(open).toEqual(['a', 'b']);
  expect(failures).toMatchObject([{ code: 'CONTROL_NOT_SEEN', source: 'metrics' }]);
  expect(all.get('a')?.facts).toEqual({ id: 'a' });
});

it('where nothing is in use that could show, nothing is asked, and nothing is answered', async () => {
  const given = aQuestion({ controls: async () => Promise.resolve([]) });
  const { open, failures } = await asked(given, things('a'));
  expect([open, failures, given.batches]).toEqual([['a'], [], []]);
});

it('where it says that it asks without controls too, it gets none, and its answers count', async () => {
  const controls = async () => Promise.resolve([]);
  const given = aQuestion({ controls, asksWithoutControls: () => true });
  const { open, failures } = await asked(given, things('a', 'b', 'c'));
  expect([open, failures]).toEqual([[], []]);
  expect(given.batches.map(([, sent]) => sent)).toEqual([[], []]);
  // With one that doesn't show, an answer is none all the same.
  const silent = aQuestion({ asksWithoutControls: () => true }, ['a']);
  expect((await asked(silent, things('a'))).open).toEqual(['a']);
});

it('what has its answer without a call is not asked about, with controls or without', async () => {
  const withoutAsking: Question<unknown>['withoutAsking'] = (facts) =>
    (facts as Thing).id === 'a' ? true : undefined;
  const given = aQuestion({ withoutAsking });
  const { asked: all, open } = await asked(given, things('a', 'b'));
  expect(all.get('a')).toEqual({ facts: { id: 'a', used: true }, answered: ['metrics'] });
  expect([open, given.batches.map(([batch]) => batch)]).toEqual([[], [['b']]]);
  const none = aQuestion({ withoutAsking, controls: async () => Promise.resolve([]) });
  expect((await asked(none, things('a', 'b'))).open).toEqual(['b']);
});

it('a question whose answers prove themselves needs no control', async () => {
  const { controls: _controls, ...question } = aQuestion().question;
  const { kind } = aQuestion();
  const one = { resources: things('a'), known: [] };
  const { asked: all } = await askAbout({ ...kind, questions: [question] }, look, [question], one);
  expect(all.get('a')?.answered).toEqual(['metrics']);
});

it('keeps within its budget: what is beyond it is unanswered', async () => {
  const given = aQuestion({ mostPerTarget: 3 });
  expect((await asked(given, things('a', 'b', 'c', 'd', 'e'))).open).toHaveLength(2);
  expect(given.batches.flatMap(([batch]) => batch)).toHaveLength(3);
});

it.each([
  [1, 10],
  [7, 25],
  [30, 12],
])(
  'what its budget leaves out has its turn later: every %i days, all of it in %i looks',
  async (every, looks) => {
    const given = aQuestion({ mostPerTarget: 20 });
    const all = things(...Array.from({ length: 100 }, (_, index) => `thing-${index}`));
    for (let nth = 0; nth < looks; nth += 1)
      await asked(given, all, new Date(look.now.getTime() + nth * every * 86_400_000));
    expect(given.batches.flatMap(([batch]) => batch)).toHaveLength(20 * looks);
    expect(new Set(given.batches.flatMap(([batch]) => batch)).size).toBe(100);
  },
);

it('a look that is taken again asks about the same ones, and what is removable is asked oldest first', async () => {
  const all = things('a', 'b', 'c', 'd', 'e');
  const first = aQuestion({ mostPerTarget: 2 });
  await asked(first, all);
  await asked(first, all);
  expect(first.batches[0]).toEqual(first.batches[1]);
  const removable = aQuestion({ mostPerTarget: 2, askedOf: 'removable' });
  for (let day = 0; day < 5; day += 1)
    await asked(removable, all, new Date(look.now.getTime() + day * 86_400_000));
  expect(new Set(removable.batches.flatMap(([batch]) => batch))).toEqual(new Set(['a', 'b']));
});

it('sends ten controls at most', async () => {
  const many = Array.from({ length: 30 }, (_, index) => `control-${index}`);
  const given = aQuestion({ controls: async () => Promise.resolve(many) });
  await asked(given, things('a'));
  expect(given.batches[0]?.[1]).toHaveLength(10);
});

it('what AWS refuses leaves the rest unanswered, and is told with its source', async () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
  const given = aQuestion({ ask: async () => Promise.reject(denied) });
  const { open, failures } = await asked(given, things('a', 'b'));
  expect(open).toEqual(['a', 'b']);
  expect(failures).toMatchObject([{ code: 'AccessDenied', source: 'metrics' }]);
});

it('a resource that the answer leaves out is unanswered', async () => {
  const given = aQuestion({
    ask: async (_, _batch, controls) =>
      Promise.resolve({ of: new Map([['a', false]]), seen: controls }),
  });
  expect((await asked(given, things('a', 'b'))).open).toEqual(['b']);
});

describe('in a second look', () => {
  const again = async (
    given: ReturnType<typeof aQuestion>,
    resources: Thing[],
    controls?: Controls,
  ) => {
    const removal = {
      recheck: async () =>
        Promise.resolve({ ...{ resources, incomplete: [], counts: {} }, foreignReferences: [] }),
    };
    const kind = { ...given.kind, removal };
    const { resources: seen } = await recheckAndAsk(
      kind,
      look,
      resources.map(({ id }) => id),
      controls,
    );
    return seen.map(({ verdict }) => verdict);
  };

  it('an unanswered question never lets anything be stale', async () => {
    expect(await again(aQuestion(), things('a'))).toMatchObject([{ verdict: 'STALE' }]);
    expect(await again(aQuestion({}, ['a']), things('a'))).toEqual([
      { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] },
    ]);
  });

  it('what it lists says nothing of what is in use: the controls are listed by themselves', async () => {
    const known: unknown[] = [];
    const given = aQuestion({
      controls: async (_, all) => {
        known.push(all);
        return Promise.resolve(['control']);
      },
    });
    await again(given, things('a'));
    expect(known).toEqual([null]);
  });

  it.each([
    [['control'], 1],
    // There may be some by now.
    [[], 2],
  ])(
    'the look after it asks anew, and takes over what was in use a moment ago: %j',
    async (inUse, times) => {
      let listings = 0;
      const given = aQuestion({
        controls: async () => {
          listings += 1;
          return Promise.resolve(inUse);
        },
        asksWithoutControls: () => true,
      });
      const controls: Controls = new Map();
      await again(given, things('a'), controls);
      await again(given, things('a'), controls);
      expect(given.batches).toEqual([
        [['a'], inUse],
        [['a'], inUse],
      ]);
      expect(listings).toBe(times);
    },
  );

  it('nothing is asked about what is kept anyway, and all about the others', async () => {
    const given = aQuestion();
    await again(given, [{ id: 'a', used: true }, { id: 'b' }]);
    expect(given.batches.map(([batch]) => batch)).toEqual([['b']]);
  });
});
