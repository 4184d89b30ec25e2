import fc from 'fast-check';
import { caughtInWords, LONGEST_CAUGHT } from '../../../report/words/caught-in-words.ts';
import { toFailure } from '../../../steps/targets/record-failed-target.ts';
import { anyCharacter } from '../../support/summaries/any-character.ts';

const STACK =
  'Error: no\n    at f (file:///var/task/index.mjs:1:2)\n    at async g (node:internal:3)';
const lambda = (errorMessage: string, errorType = 'Error') =>
  JSON.stringify({ errorType, errorMessage, trace: STACK.split('\n') });
const ISSUES = JSON.stringify(
  [{ origin: 'string', code: 'invalid_format', path: ['a', 0], message: 'accepted: a letter' }],
  null,
  2,
);

it.each([
  ['', 'nothing more was told'],
  ['  \n ', 'nothing more was told'],
  ['AWS said no.', 'AWS said no.'],
  [STACK, 'Error: no'],
  [lambda('no room'), 'no room'],
  [lambda(STACK), 'Error: no'],
  [lambda(lambda('within')), 'within'],
  [lambda(ISSUES, 'ZodError'), 'a.0: accepted: a letter'],
  [ISSUES, 'a.0: accepted: a letter'],
  [`${lambda('x'.repeat(10)).slice(0, -9)}`, 'x'.repeat(10)],
  [
    lambda('RequestId: 5f3a Error: Runtime exited with error: signal: killed', 'Runtime.ExitError'),
    'the function was killed, most likely because it had no memory left',
  ],
  [
    lambda('RequestId: 5f3a Error: Runtime exited without providing a reason'),
    'the function ended by itself: Runtime exited without providing a reason',
  ],
  [
    lambda(
      '2026-11-28T03:00:00.000Z 5f3a0000-0000-0000-0000-000000000000 Task timed out after 900.00 seconds',
    ),
    'the function took longer than the 900 s it has',
  ],
  [
    lambda('RequestId: 5f3a Error: Task timed out after 900.00 seconds'),
    'the function took longer than the 900 s it has',
  ],
  [
    JSON.stringify({
      ExecutionArn: 'arn:aws:x',
      Error: 'States.TaskFailed',
      Cause: lambda('inner'),
    }),
    'States.TaskFailed: inner',
  ],
  [
    `The JSONPath '$.x' could not be found in the input '{"a": {"b": "}"}}'. Look.`,
    "The JSONPath '$.x' could not be found in the input '…'. Look.",
  ],
  ['cut off {"a": "b', 'cut off …'],
  ['{}', 'nothing more was told'],
  ['[]', 'nothing more was told'],
  ['{"foo": 1}', 'nothing more was told'],
  ['null', 'null'],
])('tells of %j: %s', (given, told) => expect(caughtInWords(given)).toBe(told));

const nasty = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 300 }),
  fc.json(),
  fc.json().map((json) => `text ${json} and more ${json.slice(0, 9)}`),
  fc.string().map((text) => `${text}\n    at ${text} (x.mjs:1:2)\n${text}`),
  fc.string({ maxLength: 9000 }),
  fc.constantFrom(STACK, ISSUES, '{\u200b"', '{\n"a', '[{', '[\u0000{"', '{{{"', '"{\\"a\\":1}"'),
);
const cause = fc.oneof(
  nasty,
  nasty.map((text) => lambda(text)),
  nasty.map((text) => lambda(lambda(text))),
  nasty.map((text) => JSON.stringify({ Error: text, Cause: text })),
  nasty.map((text) => JSON.stringify([{ path: [text], message: text }, text])),
  nasty.map((text) => lambda(text).slice(0, -3)),
);

it('is one line of words, whatever was caught', () => {
  fc.assert(
    fc.property(nasty, cause, (Error, Cause) => {
      const { code, message } = toFailure({ Error, Cause });
      for (const told of [code, message]) {
        expect([...told].length).toBeLessThanOrEqual(LONGEST_CAUGHT);
        expect(told).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(told).not.toMatch(/\{\s*"/);
        expect(told).not.toMatch(/\(x\.mjs:1:2\)|file:\/\/\/var\/task/);
      }
      expect(message).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});
