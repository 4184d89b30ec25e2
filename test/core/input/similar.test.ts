import { similarTo } from '../../../core/input/similar.ts';

const WORDS = ['VOLUME_MISSING', 'VOLUME_NOT_ATTACHED', 'IN_USE', 'eu-west-1', 'eu-west-2'];

it.each([
  ['VOLUME_MISING', 'VOLUME_MISSING'],
  ['VOLUME_MISSSING', 'VOLUME_MISSING'],
  ['VOLUME_MISSIGN', 'VOLUME_MISSING'],
  ['volume_missing', 'VOLUME_MISSING'],
  ['volume-not-attached', 'VOLUME_NOT_ATTACHED'],
  ['INUSE', 'IN_USE'],
  ['eu-west-11', 'eu-west-1'],
  ['us-west-2', 'eu-west-2'],
])('takes %s for %s', (typed, meant) => {
  expect(similarTo(typed, WORDS)).toBe(meant);
});

it.each(['', 'x', 'SOMETHING_ELSE', 'IN_USE', 'VOLUME', 'a'.repeat(100_000)])(
  'makes no guess at what is like nothing, or is one of them: %.20s',
  (typed) => {
    expect(similarTo(typed, WORDS)).toBeUndefined();
  },
);
