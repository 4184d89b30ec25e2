import fc from 'fast-check';
import { answeredInWords, readAnswered } from '../../../core/outcome/answered.ts';

const word = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,30}$/);
const anyFailure = fc.record(
  {
    code: word,
    status: fc.integer({ min: 500, max: 599 }),
    message: fc.stringMatching(/^[\w .:,"'\n-]{0,60}$/),
    requestId: fc.stringMatching(/^[\w-]{1,40}$/),
    operation: word.map((name) => `ec2:${name}`),
  },
  { requiredKeys: ['code', 'message', 'operation'] },
);

it('what the message of an error tells is read as it was', () => {
  fc.assert(
    fc.property(anyFailure, (failure) => {
      expect(readAnswered(answeredInWords(failure))).toEqual(failure);
    }),
  );
});

it('any other text tells of no answer', () => {
  for (const text of ['', 'ec2:DescribeSnapshots: aborted', 'nobody answered', 'it broke'])
    expect(readAnswered(text)).toBeUndefined();
});
