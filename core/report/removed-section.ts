import type { RemovalOutcome, RemovalResult } from '../outcome.ts';
import { REMOVAL_RESULTS_WORST_FIRST } from '../reconcile-removals.ts';
import type { Summary } from '../summary.ts';
import { restoreCommand, SIMULATED_BIN } from './commands.ts';
import { groupBy } from './group-by.ts';
import { cut } from './layout.ts';
import { formatCount } from './money.ts';
import { placeInWords, placesInWords } from './place.ts';
import { reasonsInWords } from './reason-words.ts';
import { binIsBilled } from './recycle-bin-words.ts';
import {
  below,
  firstOf,
  heading,
  type Line,
  mailOnly,
  point,
  type Section,
  sentence,
  verbatim,
} from './section.ts';
import { REMOVAL_WORDS } from './words.ts';

const NAMED_PROBLEMS = 10;
const NEEDS_A_PERSON: readonly RemovalResult[] = ['FAILED', 'DENIED', 'NOT_ATTEMPTED'];

/** How the planned removals ended; nothing for an execution that had none to make. */
export function removedSection(summary: Summary): Section {
  const title = 'WHAT WAS REMOVED';
  const { removals, status } = summary;
  // The plan's own section says it, once instead of for every resource.
  if (status === 'NOT_APPROVED' && removals.byOutcome.REMOVED === 0) return { title, lines: [] };
  const { byOutcome } = removals;
  const results = REMOVAL_RESULTS_WORST_FIRST.toReversed().filter((of) => byOutcome[of] > 0);
  if (results.length === 0) return { title, lines: [] };
  return {
    title,
    lines: [
      ...results.map((of) => point(`${formatCount(byOutcome[of])}: ${REMOVAL_WORDS[of]} (${of})`)),
      ...backLines(summary),
      ...mailOnly(problemLines(summary)),
    ],
  };
}

/** The head of the message says how much and until when. */
function backLines(summary: Summary): Line[] {
  const { removals } = summary;
  if (removals.byOutcome.REMOVED === 0) return [];
  if (removals.restorable === 0)
    return [sentence('Nothing of it is known to be in the Recycle Bin.')];
  const command = restoreCommand(summary);
  return [
    sentence(binIsBilled(removals)),
    ...(command === null
      ? [sentence(`(${SIMULATED_BIN})`)]
      : [sentence('To bring back all that is in the Recycle Bin:'), verbatim(command)]),
  ];
}

/** Those that ended alike together: what a person does about them is the same. */
function problemLines({ removals, byAccount }: Summary): Line[] {
  const all = NEEDS_A_PERSON.reduce((sum, of) => sum + removals.byOutcome[of], 0);
  if (all === 0) return [];
  const listed = removals.problems.filter(({ outcome }) => NEEDS_A_PERSON.includes(outcome));
  const alike = groupBy(listed, problemInWords);
  const unlisted = all - listed.length;
  const named = (of: RemovalOutcome) =>
    `${cut(of.resourceId, 40)} in ${placeInWords({ ...of, accountName: byAccount[of.accountId]?.accountName ?? null })}`;
  return [
    heading('Still to be done:'),
    ...firstOf(
      alike,
      NAMED_PROBLEMS,
      (problems) => [
        point(
          `${formatCount(problems.length)}: ${problems.slice(0, 1).map(problemInWords).join('')}`,
        ),
        below(placesInWords(problems.map(named), '; ')),
      ],
      (more) => `and ${formatCount(more)} other causes, in removals.jsonl`,
    ),
    ...(unlisted > 0 ? [point(`and ${formatCount(unlisted)} more, in removals.jsonl`)] : []),
  ];
}

function problemInWords({ outcome, reasons, failure }: RemovalOutcome): string {
  const why = [
    ...(reasons.length === 0 ? [] : [cut(reasonsInWords(reasons), 200)]),
    ...(failure === undefined ? [] : [`${cut(failure.code, 60)}: ${cut(failure.message, 120)}`]),
  ];
  return `${outcome}${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
}
