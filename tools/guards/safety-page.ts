import { type Guard, type PromiseNumber, PROMISES } from './guard.ts';

const BEGIN = '<!-- guards: begin, written by `npm run guards -- --write` -->';
const END = '<!-- guards: end -->';

/**
 * The table of docs/safety.md: the guards of each promise, and the tests that go red.
 *
 * @internal A test holds the page against it.
 */
export function renderTable(guards: readonly Guard[]): string {
  const numbers = Object.keys(PROMISES).map(Number) as PromiseNumber[];
  const sections = numbers.map((promise) => {
    const rows = guards
      .filter((guard) => guard.promise === promise)
      .map(({ name, keeps, in: place, tests }) => {
        const named = tests.map((test) => `\`${test}\``).join(', ');
        return `| \`${name}\` | ${keeps} | \`${place}\` | ${named} |`;
      });
    const head = [
      '| guard | what it keeps from happening | where | red without it |',
      '|---|---|---|---|',
    ];
    return [`### ${promise}. ${PROMISES[promise]}`, '', ...head, ...rows].join('\n');
  });
  return [
    BEGIN,
    '<!-- prettier-ignore-start -->',
    '',
    sections.join('\n\n'),
    '',
    '<!-- prettier-ignore-end -->',
    END,
  ].join('\n');
}

/** The page with its table replaced. @throws {RangeError} when it has no place for one */
export function withTable(page: string, guards: readonly Guard[]): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new RangeError('docs/safety.md has no place for the table');
  return page.slice(0, from) + renderTable(guards) + page.slice(to + END.length);
}
