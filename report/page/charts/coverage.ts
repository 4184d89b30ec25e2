import type { Summary } from '../../../core/summary/summary.ts';
import { formatCount } from '../../format/money.ts';
import { gapsByStatus } from '../../gaps/gaps-by-status.ts';
import { GAP_WORDS } from '../../words/target-words.ts';
import { bar, barOf } from '../markup/bar.ts';
import type { Chart } from '../markup/chart.ts';
import { markup, type Markup } from '../markup/markup.ts';
import type { ColorName } from '../markup/palette.ts';

interface Part {
  readonly words: string;
  readonly count: number;
  /** null: a part of the one above it, which has the colour. */
  readonly color: ColorName | null;
}

/** How much of what was asked for was seen, where it wasn't simply all: one bar and its parts. */
export function coverageChart({ coverage }: Summary): Chart | null {
  const parts = coverageParts(coverage);
  if (parts.length === 0) return null;
  const { complete, inScope, percent } = coverage;
  if (inScope > 0 && complete === inScope && coverage.acceptedGaps.length === 0) return null;
  const title = 'Coverage';
  const description =
    inScope === 0
      ? 'Nothing was in scope.'
      : `${formatCount(complete)} of ${formatCount(inScope)} account-Regions in scope were scanned (${percent}%).`;
  return { ...{ id: 'coverage', title, description }, body: bodyOf(title, parts) };
}

/** No two have the same colour: why something wasn't scanned is told in words. */
function coverageParts({ complete, gaps, acceptedGaps, excluded }: Summary['coverage']): Part[] {
  const ofSomeKinds = gaps.filter(({ missingKinds }) => missingKinds);
  const others = gaps.filter((gap) => !ofSomeKinds.includes(gap));
  const causes = gapsByStatus(others).map(([status, of]): Part => ({
    words: GAP_WORDS[status].listed,
    count: of.length,
    color: null,
  }));
  const all: Part[] = [
    { words: 'scanned', count: complete, color: 'c-complete' },
    { words: 'scanned, but not for every kind', count: ofSomeKinds.length, color: 'c-partly' },
    { words: 'not scanned', count: others.length, color: 'c-gap' },
    ...causes,
    { words: 'accepted gaps', count: acceptedGaps.length, color: 'c-accepted' },
    { words: 'excluded', count: excluded, color: 'c-excluded' },
  ];
  return all.filter(({ count }) => count > 0);
}

function bodyOf(title: string, parts: readonly Part[]): Markup {
  const colored = parts.flatMap(({ count, color }) => (color === null ? [] : [{ count, color }]));
  const all = colored.reduce((sum, { count }) => sum + count, 0);
  return markup`<div class="whole">
      ${barOf(colored.map(({ count, color }) => ({ share: count / all, color })))}
    </div>
    <table class="legend">
      <caption class="unseen">
        ${title}
      </caption>
      <thead class="unseen">
        <tr>
          <th scope="col">result</th>
          <th scope="col">account-Regions</th>
        </tr>
      </thead>
      <tbody>
        ${parts.map(
          ({ words, count, color }) =>
            markup`<tr class="${color === null ? 'part' : 'whole'}">
              <th scope="row">${color === null ? null : bar(1, color)}${words}</th>
              <td class="figure">${formatCount(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
