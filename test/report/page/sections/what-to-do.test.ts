import type { Summary } from '../../../../core/summary/summary.ts';
import type { Step } from '../../../../report/parts/step.ts';
import { nextSteps } from '../../../../report/what-to-do/next-steps.ts';
import { whatToDo } from '../../../../report/page/sections/what-to-do.ts';
import { completeReport, partialReport } from '../../../support/summaries/summaries.ts';
import { twoKinds } from '../../../support/summaries/two-kinds.ts';

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

it.each([
  ['a complete report', completeReport()],
  ['a partial one', partialReport()],
])('says the same steps as the message: %s', (_, summary) => {
  const html = whatToDo(summary).text;
  const told = textOf(html);
  const steps: Step[] = nextSteps(summary);
  expect(steps.length).toBeGreaterThan(0);
  expect(html.match(/<li>/g)).toHaveLength(steps.length);
  for (const { what, why = '' } of steps) {
    expect(told).toContain(what.replace(/\s+/g, ' '));
    expect(told).toContain(why);
  }
});

it('begins each step with what it is about and what it is worth, to be skimmed', () => {
  const steps = nextSteps(completeReport());
  const heads = [...whatToDo(completeReport()).text.matchAll(/<h3>(.*?)<\/h3>/gs)];
  const lines = heads.map(([, head = '']) => textOf(head));
  expect(lines).toHaveLength(steps.length);
  expect(lines[0]).toMatch(/^Delete the 41 snapshots of this plan, up to \$\d+ a month$/);
  for (const line of lines) expect(line.length).toBeLessThan(90);
});

it('says that what is folded are steps', () => {
  expect(textOf(whatToDo(completeReport()).text)).toMatch(/\d+ more steps?/);
});

it('sets a command apart, to be copied', () => {
  const commands = nextSteps(completeReport()).flatMap(({ command }) => command?.command ?? []);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands)
    expect(whatToDo(completeReport()).text.replaceAll('&quot;', '"')).toContain(
      `<code class="command">${command}</code>`,
    );
});

it('tells only of a deletion as of a saving: to copy something first saves nothing', () => {
  const headOf = (summary: Summary, begins: RegExp) =>
    [...whatToDo(summary).text.matchAll(/<h3>(.*?)<\/h3>/gs)]
      .map(([, head = '']) => head)
      .find((head) => begins.test(textOf(head)));
  const summary = twoKinds('report');
  expect(headOf(summary, /^Delete /)).toContain('<span class="saves">up to $');
  if (summary.plan === null) throw new Error('the example has no plan');
  const plan = { ...summary.plan, removals: 2, inSteps: 2 };
  expect(headOf({ ...summary, plan }, /^Copy /)).toMatch(/^Copy [^,$]+$/);
  for (const { title, ownersDecide, worth } of nextSteps(partialReport()))
    if (ownersDecide && worth) {
      const own = headOf(partialReport(), new RegExp(`^${title}`));
      expect(own).not.toContain('saves');
    }
});
