import { gatherFailures, inShort } from '../../../core/outcome/failures.ts';

const failure = (source: string, code = 'UnauthorizedOperation') => ({
  ...{ code, message: 'no', requestId: 'r-1', source },
});

it('every failing source is told, each once, the first by itself', () => {
  const told = gatherFailures([failure('amis'), failure('amis'), failure('ecs-services')]);
  expect(told).toEqual({ failure: failure('amis'), otherFailures: [failure('ecs-services')] });
  expect(gatherFailures([failure('amis')])).toEqual({ failure: failure('amis') });
  expect(gatherFailures([])).toEqual({});
});

it('the list is bounded, and the rest counted', () => {
  const many = Array.from({ length: 40 }, (_, index) => failure(`source-${index}`));
  const { otherFailures, moreFailures } = gatherFailures(many);
  expect(otherFailures).toHaveLength(25);
  expect(moreFailures).toBe(14);
});

it('in short, a message still tells which policy denies', () => {
  const long = `User: ${'x'.repeat(300)} is not authorized to perform: a:B`;
  const message = `${long} with an explicit deny in a service control policy`;
  expect(inShort([{ ...failure('amis'), message }])).toEqual([
    {
      code: 'UnauthorizedOperation',
      message: 'with an explicit deny in a service control policy…',
      source: 'amis',
    },
  ]);
});
