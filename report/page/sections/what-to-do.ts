import { WHERE_TO_TYPE } from '../../commands/commands.ts';
import { nextSteps } from '../../what-to-do/next-steps.ts';
import type { NextStep } from '../../parts/step.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { formatNoun, formatSize } from '../../format/money.ts';
import { savingInWords } from '../../words/worth-words.ts';
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
          <summary>${formatNoun(folded.length, 'more step')}</summary>
          <ol class="steps" start="${String(MOST_OPEN + 1)}">${folded.map(itemOf)}</ol>
        </details>`,
    ...(summary.hubName === null ? [] : [markup`<p class="note">${WHERE_TO_TYPE}</p>`]),
  ]);
}

/** What it is about and what it is worth in one line, as people skim; the rest is below. */
function itemOf(step: NextStep): Content {
  const { title, what, why, command } = step;
  const text = [what, ...(why === undefined ? [] : [why])].join(' ');
  return markup`<li>
    <h3>${title}${amountBeside(step)}</h3>
    <p>${withLinks(text)}${command === undefined ? null : ` ${command.lead}:`}</p>
    ${command === undefined ? null : markup`<code class="command">${command.command}</code>`}
  </li>`;
}

/** In the colour of a saving only what is one, and nothing that another step saves. */
function amountBeside({ worth, saves }: NextStep): Content {
  const amount = saves === 'LATER' ? undefined : amountOf(worth);
  if (amount === undefined) return null;
  return saves === 'NOW' ? markup`, <span class="saves">${amount}</span>` : `, ${amount}`;
}

/** "up to $13,392 a month", or, where that has no price, the size. */
function amountOf(worth: NextStep['worth']): string | undefined {
  const { sizeGiB, monthlyCostUsdUpTo: usd } = worth ?? { sizeGiB: 0, monthlyCostUsdUpTo: 0 };
  if (usd > 0) return savingInWords(usd);
  return sizeGiB > 0 ? formatSize(sizeGiB) : undefined;
}
