import type { Circus } from '@jest/types';
import type { Guard } from '../../../tools/guards/guard.ts';
import { seenWithEveryGuard, type Tried } from '../../../tools/guards/try-guards.ts';
import { skipOnceNoticed } from '../../../tools/guards/until-noticed.ts';
import type { JestReport } from '../../../tools/guards/verdict.ts';

const GUARD: Guard = {
  name: 'a-guard',
  promise: 1,
  keeps: 'harm is done',
  in: 'removeAll',
  find: 'if (bad) return;',
  replace: '',
  tests: ['removal'],
};

function aTried(result: Tried['result'], ...because: string[]): Tried {
  return { guard: GUARD, file: 'a.ts', result, because, seconds: 1 };
}

/** A sandbox whose runs, one after the other, see these tests pass and no others. */
function aSandbox(...runs: readonly (readonly string[])[]) {
  const titles: (string | undefined)[] = [];
  const test = async (
    _: unknown,
    { title }: { title: string | undefined },
  ): Promise<JestReport> => {
    const passed = runs[titles.length] ?? [];
    titles.push(title);
    const assertionResults = passed.map((fullName) => {
      return { fullName, status: 'passed', failureMessages: [] };
    });
    return { testResults: [{ name: '', status: 'passed', message: '', assertionResults }] };
  };
  return { titles, test };
}

describe('what noticed, with every guard in place', () => {
  it('passes: the guard is RED, and only what noticed was run', async () => {
    const sandbox = aSandbox(['a (1)', 'b']);
    const tried = [aTried('RED', 'a (1)'), aTried('GREEN'), aTried('RED', 'b', 'c')];
    expect(await seenWithEveryGuard(sandbox, tried, 1)).toEqual(tried);
    expect(sandbox.titles).toEqual(['^(a \\(1\\)|b|c)$']);
  });

  it('fails twice: nothing is proved', async () => {
    const [one] = await seenWithEveryGuard(aSandbox([], []), [aTried('RED', 'a')], 1);
    expect(one).toEqual(aTried('BROKEN', 'red as it is: a'));
  });

  it('fails once, on a busy machine', async () => {
    const tried = [aTried('RED', 'a')];
    expect(await seenWithEveryGuard(aSandbox([], ['a']), tried, 1)).toEqual(tried);
  });
});

describe('the tests of a file', () => {
  const at = (name: string, ...errors: unknown[]) => {
    const event = {
      name,
      test: { errors, mode: undefined as unknown },
      describeBlock: { mode: '' },
    };
    return event as typeof event & Circus.Event;
  };

  it.each([
    ['go on while all pass', [], undefined],
    [
      'go on after one that ran out of time',
      [['Exceeded timeout of 5 ms', new Error()]],
      undefined,
    ],
    ['go on after what is no program', [[new ReferenceError('x is not defined')]], undefined],
    ['end with the first that noticed', [[new Error('expected 1')]], 'skip'],
  ])('%s', (_, errors, mode) => {
    const see = skipOnceNoticed();
    see(at('test_done', ...errors));
    const [next, block] = [at('test_start'), at('run_describe_start')];
    see(next);
    see(block);
    expect([next.test.mode, block.describeBlock.mode]).toEqual([mode, mode ?? '']);
  });
});
