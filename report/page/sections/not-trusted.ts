import { notTrustedInFull } from '../../sections/not-trusted-section.ts';
import type { Line } from '../../parts/section.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { type Content, markup } from '../markup/markup.ts';
import { sentenceOf } from '../markup/text.ts';
import { section } from './section.ts';

const TITLE = 'What was not trusted';

/** What the run found in its store, or of its clock, and did not go by. */
export function notTrusted(summary: Summary): Content {
  const { lines } = notTrustedInFull(summary);
  if (lines.length === 0) return null;
  const isPoint = ({ as }: Line) => as === 'point';
  const points = lines.filter(isPoint);
  return section('not-trusted', TITLE, [
    lines.filter((line) => !isPoint(line)).map(({ text }) => markup`<p>${sentenceOf(text)}</p>`),
    points.length === 0
      ? null
      : markup`<ul>
          ${points.map(({ text }) => markup`<li>${sentenceOf(text)}</li>`)}
        </ul>`,
  ]);
}
