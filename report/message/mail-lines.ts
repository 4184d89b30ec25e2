import { oneLine, WIDTH, wrap } from '../format/layout.ts';
import { formatCount } from '../format/money.ts';
import type { Line, Section } from '../parts/section.ts';
import { savingInWords } from '../words/worth-words.ts';
import type { Step } from '../parts/step.ts';

/** What is longer is on the page. */
const LINES_OF_AN_ITEM = 3;
const LINES_OF_A_STEP = 3;
/** What else there is to say to a step is on the page, unless it is this short. */
const LINES_WITH_WHY = 2;

/** At most so many lines; what was cut is marked. */
export function wrapAtMost(most: number, text: string, first = '', width = WIDTH): string[] {
  const lines = wrap(text, first, ' '.repeat(first.length), width);
  const last = lines[most - 1];
  if (lines.length <= most || last === undefined) return lines;
  const cutOff = last.length + 4 <= width ? last : last.slice(0, width - 4).replace(/\s+\S*$/, '');
  return [...lines.slice(0, most - 1), `${cutOff.trimEnd()} ...`];
}

/**
 * A section in at most so many lines, its title and the blank before it among them. What does not
 * fit is shortened first, from the end, and then left to the page.
 */
export function sectionLines(
  { title, lines }: Section,
  most: number,
  rest: string,
  width = WIDTH,
): string[] {
  if (lines.length === 0 || most < 3) return [];
  const room = most - 2;
  const items = lines.map((line) => itemLines(line, width, LINES_OF_AN_ITEM));
  for (const most of [2, 1])
    for (const [i, line] of [...lines.entries()].toReversed())
      if (items.flat().length > room) items[i] = itemLines(line, width, most);
  const all = items.flat();
  if (all.length <= room) return ['', ...wrapAtMost(1, title, '', width), ...all];
  const left = [...items];
  // What explains a line goes before any line does.
  for (const [i, { as }] of [...lines.entries()].toReversed())
    if (as === 'below' && left.flat().length > room - 1) left[i] = [];
  const shown: string[] = [];
  let named = 0;
  for (const item of left) {
    if (item.length === 0) continue;
    if (shown.length + item.length > room - 1) break;
    shown.push(...item);
    named += 1;
  }
  const more = `  - ${formatCount(items.length - named)} more ${items.length - named === 1 ? 'line' : 'lines'} ${rest}`;
  return ['', ...wrapAtMost(1, title, '', width), ...shown, more];
}

/** A figure is never cut where the words can be. */
function itemLines({ as, text, shorter = [] }: Line, width: number, most: number): string[] {
  const ways = [text, ...shorter].map((way) => linesOf({ as, text: way }, width, most));
  const isCut = (lines: readonly string[]) => lines.at(-1)?.endsWith(' ...') ?? false;
  return ways.find((lines) => !isCut(lines)) ?? ways.at(-1) ?? [];
}

function linesOf({ as, text }: Line, width: number, most: number): string[] {
  switch (as) {
    case 'sentence':
      return wrapAtMost(most, text, '  ', width);
    case 'point':
      return wrapAtMost(most, text, '  - ', width);
    case 'below':
      return wrapAtMost(most, text, '    ', width);
    case 'verbatim':
      return [`    ${oneLine(text)}`];
  }
}

/** The steps that fit, those that stay in any case, and how many there are besides. */
export function stepLines(
  steps: readonly Step[],
  room: number,
  rest: string,
  width = WIDTH,
): string[] {
  const items = steps.map((step, i) => {
    const tellsWhy = whyIsShort(step, i, width);
    return { step, tellsWhy, lines: oneStep(step, i, width, tellsWhy) };
  });
  const all = items.flatMap(({ lines }) => lines);
  if (all.length <= room) return all;
  let left = room - 1;
  const chosen = new Set<Step>();
  const take = (of: typeof items) => {
    for (const { step, lines } of of) {
      if (lines.length > left) break;
      left -= lines.length;
      chosen.add(step);
    }
  };
  const [first, ...others] = items;
  take(first === undefined ? [] : [first]);
  // What orgsweep is to do again, before what somebody has to think over.
  take(others.filter(({ step }) => step.staysInMessage && !step.ownersDecide));
  take(others.filter(({ step }) => step.staysIfRoom));
  take(others.filter(({ step }) => step.staysInMessage && step.ownersDecide));
  take(others.filter(({ step }) => !step.staysInMessage && !step.staysIfRoom));
  const shown = items.filter(({ step }) => chosen.has(step));
  const more = steps.length - shown.length;
  // Numbered as they stand here: 1, 2, 11 would look like a fault. A shorter number may leave room
  // for why, which was not counted.
  const lines = shown.flatMap(({ step, tellsWhy }, i) => oneStep(step, i, width, tellsWhy));
  return [...lines, `  ${formatCount(more)} more ${rest}`];
}

function oneStep(
  { what, short, why, command, worth }: Step,
  i: number,
  width: number,
  tellsWhy: boolean,
): string[] {
  const lead = command === undefined ? '' : ` ${command.lead}:`;
  const first = firstOf(i);
  const linesOf = (text: string) => wrap(`${text}${lead}`, first, undefined, width);
  const fits = linesOf(what).length <= LINES_OF_A_STEP || short === undefined;
  const cutDown = wrapAtMost(
    LINES_OF_A_STEP,
    `${fits ? what : withWorth(short, worth)}${lead}`,
    first,
    width,
  );
  const text = tellsWhy ? linesOf(`${what} ${why}`) : cutDown;
  // Whole, however long: a command is there to be copied.
  return command === undefined ? text : [...text, `       ${oneLine(command.command)}`];
}

function whyIsShort({ what, why, command }: Step, i: number, width: number): boolean {
  if (why === undefined) return false;
  const lead = command === undefined ? '' : ` ${command.lead}:`;
  return wrap(`${what} ${why}${lead}`, firstOf(i), undefined, width).length <= LINES_WITH_WHY;
}

const firstOf = (i: number) => `  ${i + 1}. `;

/** Steps are ranked by money, so each says it. */
function withWorth(short: string, worth: Step['worth']): string {
  const usd = worth?.monthlyCostUsdUpTo ?? 0;
  if (usd === 0) return short;
  const saves = savingInWords(usd);
  return short.replace(/\.$/, ` (${saves}).`);
}
