import { WHERE_TO_TYPE } from '../../commands/commands.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { markup, type Markup } from '../markup/markup.ts';
import { isolated, timeOf } from '../markup/text.ts';
import { section } from '../sections/section.ts';
import { masthead, statusLine } from './band.ts';
import { keyFigures, keyFiguresToShow } from './key-figures.ts';

/** A plan that people are asked about. */
export interface PlanWaiting {
  /** "Delete 1,085 unused snapshots in 12 accounts", with size and money. */
  readonly question: string;
  /** No answer by then means no. */
  readonly until: string;
  /** What to type. */
  readonly approve: string;
  readonly reject: string;
}

/** What is asked, and until when: on the page that is made before anybody decides. */
export function waitingBand(summary: Summary, { question, until }: PlanWaiting): Markup {
  // Nothing is deleted yet, and so nothing saved.
  const figures = keyFigures({ ...summary, mode: 'report' });
  return markup`<header class="band waiting">
    ${masthead(summary)}
    ${statusLine('wait', 'APPROVE?', markup`Waiting for approval until ${timeOf(until)}. No answer means no.`)}
    <h1>${isolated(`${question}.`)}</h1>
    <p class="lead">
      Nothing was deleted so far. This page was made ${timeOf(summary.finishedAt)}, before anybody
      decided. When the run ends, another page takes its place.
    </p>
    <div class="at-a-glance">${keyFiguresToShow(figures)}</div>
  </header>`;
}

/** How to say it. */
export function toDecide(summary: Summary, { approve, reject, until }: PlanWaiting): Markup {
  return section('to-decide', 'To decide', [
    markup`<p>
      Until ${timeOf(until)}. Both commands are for the approver. The first shows the plan again and
      asks before it decides.
    </p>`,
    markup`<ol>
      <li>Approve:<br /><code class="command">${approve}</code></li>
      <li>Reject:<br /><code class="command">${reject}</code></li>
    </ol>`,
    ...(summary.hubName === null ? [] : [markup`<p>${WHERE_TO_TYPE}</p>`]),
  ]);
}
