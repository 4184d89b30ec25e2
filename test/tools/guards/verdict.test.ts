import { withTable } from '../../../tools/guards/safety-page.ts';
import { type JestReport, verdictOf } from '../../../tools/guards/verdict.ts';

const GUARD = {
  name: 'a-guard',
  promise: 1,
  keeps: 'harm is done',
  in: 'removeAll',
  find: 'if (bad) return;',
  replace: '$& nothing',
  tests: ['removal'],
} as const;

/** A report of one file whose tests failed with these messages; null: passed. */
function aReport(messages: readonly (string | null)[], message = ''): JestReport {
  return {
    testResults: [
      {
        name: 'test/a.test.ts',
        status: message === '' && messages.every((one) => one === null) ? 'passed' : 'failed',
        message,
        assertionResults: messages.map((one, index) => ({
          fullName: `test ${index}`,
          status: one === null ? 'passed' : 'failed',
          failureMessages: one === null ? [] : [one],
        })),
      },
    ],
  };
}

const TIMEOUT = 'thrown: "Exceeded timeout of 60000 ms for a test.';
const ASSERTION = 'Error: expect(received).toEqual(expected)';

describe('a guard that was taken out', () => {
  it.each([
    ['an assertion fails', aReport([null, ASSERTION]), 'RED', ['test 1']],
    [
      'an error is thrown that should not be',
      aReport(['LeaseLost: taken over']),
      'RED',
      ['test 0'],
    ],
    [
      'an assertion fails, another test times out',
      aReport([TIMEOUT, ASSERTION]),
      'RED',
      ['test 1'],
    ],
    ['all tests pass', aReport([null, null]), 'GREEN', []],
    [
      'a test merely times out',
      aReport([null, TIMEOUT]),
      'BROKEN',
      [expect.stringContaining('timeout')],
    ],
    [
      'what is left is no program',
      aReport(['ReferenceError: x is not defined']),
      'BROKEN',
      [expect.stringContaining('ReferenceError')],
    ],
    [
      'the file cannot be compiled',
      aReport([], 'SyntaxError: Unexpected token'),
      'BROKEN',
      [expect.stringContaining('SyntaxError')],
    ],
    ['no test is run', aReport([]), 'BROKEN', ['none of its tests was run']],
  ] as const)('%s', (_, report, result, because) => {
    expect(verdictOf(report)).toEqual({ result, because });
  });
});

it('writes its table into the page and leaves the rest of it as it is', () => {
  const page = `before\n${withTable('<!-- guards: begin, written by `npm run guards -- --write` --><!-- guards: end -->', [])}\nafter\n`;
  const written = withTable(page, [GUARD]);
  expect(written).toMatch(
    /^before\n[^]*\| `a-guard` \| harm is done \| `removeAll` \| `removal` \|[^]*\nafter\n$/,
  );
  expect(withTable(written, [GUARD])).toBe(written);
  expect(() => withTable('no place', [GUARD])).toThrow(RangeError);
});
