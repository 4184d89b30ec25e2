import { nextSteps } from '../../core/report/next-steps.ts';
import type { Summary } from '../../core/summary.ts';
import { type Content, markup, type Markup } from '../markup.ts';
import { section } from './section.ts';

/** One thing to do, as the text has it: what begins at `- `, with its further lines. */
interface Step {
  text: string;
  readonly commands: string[];
}

/** The same steps as in the message, as a list; what is there to be copied stays a line of its own. */
export function whatToDo(summary: Summary): Markup {
  const [, ...lines] = nextSteps(summary);
  const { before, steps } = stepsOf(lines);
  return section('to-do', 'What to do next', [
    before === '' ? null : markup`<p>${before}</p>`,
    steps.length === 0
      ? null
      : markup`<ol>
          ${steps.map(itemOf)}
        </ol>`,
  ]);
}

export function stepsOf(lines: readonly string[]): { before: string; steps: readonly Step[] } {
  let before = '';
  const steps: Step[] = [];
  for (const line of lines) {
    const [, first] = /^\s*- (.*)$/.exec(line) ?? [];
    const last = steps.at(-1);
    if (first !== undefined) steps.push({ text: first, commands: [] });
    else if (last === undefined) before = `${before} ${line.trim()}`.trim();
    // Deeper than a step's further lines: set apart to be copied.
    else if (/^ {6}/.test(line)) last.commands.push(line.trim());
    else last.text += ` ${line.trim()}`;
  }
  return { before, steps };
}

function itemOf({ text, commands }: Step): Content {
  return markup`<li>
    ${text}${commands.map((command) => markup`<br /><code class="command">${command}</code>`)}
  </li>`;
}
