import { stepsOf } from '../../report-page/sections/what-to-do.ts';

it('takes a step with its further lines, and what is there to be copied by itself', () => {
  const lines = [
    '  - Read plan.json. To remove',
    '    exactly that:',
    '      {"mode":"delete"}',
    '  - Rest.',
  ];
  expect(stepsOf(lines)).toEqual({
    before: '',
    steps: [
      { text: 'Read plan.json. To remove exactly that:', commands: ['{"mode":"delete"}'] },
      { text: 'Rest.', commands: [] },
    ],
  });
});

it('loses nothing that is no step', () => {
  expect(stepsOf(['  Nothing.'])).toEqual({ before: 'Nothing.', steps: [] });
});
