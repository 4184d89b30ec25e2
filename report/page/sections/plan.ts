import type { HoldReason } from '../../../core/model/hold-reason.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { approvalInWords } from '../../words/approval-words.ts';
import { formatCount } from '../../format/money.ts';
import { countOf, nounsOf, wordsToTell } from '../../format/noun.ts';
import { holdWords } from '../../words/hold-words.ts';
import { deletedBy, hasRecycleBin, undoneInWords } from '../../words/recycle-bin-words.ts';
import { inStepsInWords, makesInWords, stepWordsOf } from '../../words/step-words.ts';
import { LIMIT_WORDS, refusalInWords } from '../../words/words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { tableOf } from '../markup/table.ts';
import { isolated } from '../markup/text.ts';
import { part } from './appendix.ts';
import { worthOfPlan } from '../../../core/summary/worth.ts';
import { amountInFull, amountInWords } from '../../words/worth-words.ts';

const TITLE = 'The plan';

/** What the plan deletes, or would, and what it holds back and why. */
export function plan(summary: Summary): Markup {
  const { plan: of, mode, approval } = summary;
  if (of === null) return part('plan', TITLE, markup`<p>There is no plan.</p>`);
  const verb = mode === 'delete' ? 'The plan deletes' : 'A delete run now would delete';
  const deleted = deletedBy(of);
  const what =
    deleted === 0
      ? 'nothing'
      : `${countOf(deleted, summary)}: ${of.removalsUnpricedUnsized === deleted ? amountInWords(worthOfPlan(of)) : amountInFull(worthOfPlan(of))}`;
  const inSteps = of.inSteps ?? 0;
  const words = wordsToTell(summary);
  return part('plan', TITLE, [
    markup`<p>${verb} ${what}. ${inBin(of, words)}</p>`,
    inSteps === 0
      ? null
      : markup`<p>${[inStepsInWords(inSteps, stepWordsOf(words), mode), ...makesInWords(of.makes, words)].join(' ')}</p>`,
    of.basedOn === null ? null : markup`<p>It applies the plan of ${isolated(of.basedOn)}.</p>`,
    approval === null ? null : markup`<p>${isolated(`${approvalInWords(approval)}.`)}</p>`,
    of.refusal === null
      ? null
      : markup`<p>
          It ${of.status === 'REFUSED' ? 'was' : 'would be'} refused as a whole:
          ${refusalInWords(of.refusal)}.
        </p>`,
    held(of, summary),
  ]);
}

function inBin(plan: NonNullable<Summary['plan']>, words: WordsByKind): string {
  const { restorable } = plan;
  const removals = deletedBy(plan);
  if (removals === 0) return '';
  const otherwise = undoneInWords(plan, removals - restorable, restorable);
  if (otherwise.length > 0) {
    const bin = `The Recycle Bin retains ${formatCount(restorable)} of these for a while.`;
    return [...(restorable > 0 ? [bin] : []), ...otherwise].join(' ');
  }
  if (!hasRecycleBin(words)) return 'Once deleted, it is gone for good.';
  if (restorable === removals) return 'The Recycle Bin retains all of it for a while.';
  return restorable === 0
    ? 'No Recycle Bin rule retains any of it: once deleted, it is gone for good.'
    : `The Recycle Bin retains ${formatCount(restorable)} of these for a while. The others are gone for good.`;
}

function held(of: NonNullable<Summary['plan']>, summary: Summary): Content {
  if (of.held === 0) return markup`<p>Nothing is held back.</p>`;
  const words = wordsToTell(summary);
  const reasons = Object.entries(of.heldByReason) as [HoldReason, number][];
  const limits = Object.entries(of.heldByLimit) as [keyof typeof LIMIT_WORDS, number][];
  const rows = [
    ...reasons.map(([code, count]) => ({ code, words: holdWords(code, words).listed, count })),
    ...limits.map(([code, count]) => ({
      code,
      words: `over this limit: ${LIMIT_WORDS[code]}`,
      count,
    })),
  ];
  return [
    markup`<p>
      Held back: ${countOf(of.held, summary)}. One may be held back for several reasons, and counts in
      each.
    </p>`,
    tableOf(
      'Held back, by reason',
      [
        { title: 'Why', cell: ({ words, code }) => markup`${words} <code>${code}</code>` },
        { title: nounsOf(summary), cell: ({ count }) => formatCount(count), as: 'figure' },
      ],
      rows,
    ),
  ];
}
