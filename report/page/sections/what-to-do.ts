import { WHERE_TO_TYPE } from '../../commands/commands.ts';
import { nextSteps } from '../../what-to-do/next-steps.ts';
import type { Step } from '../../parts/step.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { formatCount } from '../../format/money.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { withLinks } from './links-in-text.ts';
import { section } from './section.ts';

const TITLE = 'What to do next';
/** What a person takes in at a glance; the others are folded. */
const MOST_OPEN = 3;

/** The same steps as in the message; what is there to be copied has a line of its own. */
export function whatToDo(summary: Summary): Markup {
  const steps = nextSteps(summary);
  const [open, folded] = [steps.slice(0, MOST_OPEN), steps.slice(MOST_OPEN)];
  return section('to-do', TITLE, [
    open.length === 0
      ? markup`<p>Nothing.</p>`
      : markup`<ol class="steps">${open.map(itemOf)}</ol>`,
    folded.length === 0
      ? null
      : markup`<details>
          <summary>${formatCount(folded.length)} more</summary>
          <ol class="steps" start="${String(MOST_OPEN + 1)}">${folded.map(itemOf)}</ol>
        </details>`,
    ...(summary.hubName === null ? [] : [markup`<p class="note">${WHERE_TO_TYPE}</p>`]),
  ]);
}

function itemOf({ what, why, command }: Step): Content {
  const text = [what, ...(why === undefined ? [] : [why])].join(' ');
  if (command === undefined) return markup`<li>${withLinks(text)}</li>`;
  return markup`<li>
    ${withLinks(text)} ${command.lead}:<br /><code class="command">${command.command}</code>
  </li>`;
}
