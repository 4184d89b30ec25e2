import { tagsToShow } from '../../../../report/page/findings/tags-to-show.ts';

const huge = Object.fromEntries(
  Array.from({ length: 49 }, (_, i) => [`key-${i}`.padEnd(127, 'k'), 'v'.repeat(255)]),
);

it('shows ordinary tags as they are', () =>
  expect(tagsToShow({ team: 'shop', Name: 'data' })).toEqual({
    shown: [
      ['team', 'shop'],
      ['Name', 'data'],
    ],
    leftOut: 0,
  }));

it('shows the name and what there is room for, and counts the rest', () => {
  const { shown, leftOut } = tagsToShow({ ...huge, Name: 'data' });
  expect(shown.map(([key]) => key.slice(0, 5))).toEqual([
    ...['key-0', 'key-1', 'key-2', 'key-3', 'key-4'],
    'Name',
  ]);
  expect(leftOut).toBe(44);
});

it('shows the same of what it has shown', () => {
  const { shown } = tagsToShow({ ...huge, Name: 'data' });
  expect(tagsToShow(Object.fromEntries(shown))).toEqual({ shown, leftOut: 0 });
});
