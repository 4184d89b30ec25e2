import type { Summary } from '../../core/summary/summary.ts';
import { acceptedInput, gapsToAccept } from '../gaps/gaps-to-accept.ts';
import { gapsCounted } from '../gaps/gap-words.ts';
import type { NextStep } from '../parts/step.ts';
import { LONGEST_VERBATIM } from '../parts/section.ts';

/** What the gaps that may be wanted take to be accepted, beside summary.json. */
const ACCEPTED_FILE = 'accepted.json';

/** Whoever wants some of the gaps pastes what accepts them: on a line, or from a file. */
export function stepToAccept(summary: Summary): NextStep[] {
  const told = gapsToAccept(summary);
  if (told === null) return [];
  const json = JSON.stringify(acceptedInput(told));
  const title = 'Or accept gaps you want to keep';
  const what = `Or accept the gaps you want to keep (${gapsCounted(told.gaps)}).`;
  const short = `Or accept the gaps you want to keep (${gapsCounted(told.gaps)}): ${ACCEPTED_FILE}, beside the report, says how.`;
  if (json.length <= LONGEST_VERBATIM)
    return [
      {
        title,
        what,
        short,
        command: { lead: "Add to the run's input, with your reason", command: json },
      },
    ];
  const root = summary.location.replace(/[/\\]+$/, '');
  const file = `${root}${root.includes('\\') ? '\\' : '/'}${ACCEPTED_FILE}`;
  const lead = `Add ${ACCEPTED_FILE} to the run's input, with your reasons`;
  const command = root.startsWith('s3://') ? `aws s3 cp ${file} .` : file;
  // No other line of a message says where that file is.
  return [{ title, what, short, command: { lead, command }, staysInMessage: true }];
}
