import { WHERE_TO_TYPE } from '../../commands/commands.ts';
import { nextSteps } from '../../what-to-do/next-steps.ts';
import type { Step } from '../../parts/step.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { sentenceOf } from '../markup/text.ts';
import { section } from './section.ts';

const TITLE = 'What to do next';

/** The same steps as in the message; what is there to be copied has a line of its own. */
export function whatToDo(summary: Summary): Markup {
  const steps = nextSteps(summary);
  const list = markup`<ol>
    ${steps.map(itemOf)}
  </ol>`;
  return section('to-do', TITLE, [
    steps.length === 0 ? markup`<p>Nothing.</p>` : list,
    ...(summary.hubName === null ? [] : [markup`<p>${WHERE_TO_TYPE}</p>`]),
  ]);
}

function itemOf({ what, why, command }: Step): Content {
  const text = [what, ...(why === undefined ? [] : [why])].join(' ');
  if (command === undefined) return markup`<li>${sentenceOf(text)}</li>`;
  return markup`<li>
    ${sentenceOf(text)} ${command.lead}:<br /><code class="command">${command.command}</code>
  </li>`;
}
