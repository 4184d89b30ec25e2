import { causeOf } from '../../gaps/gap-cause.ts';
import type { GapsOfCause } from '../../gaps/gap-groups.ts';
import { groupBy } from '../../../core/model/group-by.ts';
import { formatCount, formatNoun } from '../../format/money.ts';
import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import type { Gap } from '../../../core/summary/summary.ts';
import { type Content, markup } from '../markup/markup.ts';
import { isolated } from '../markup/text.ts';

const NAMED_ERRORS = 2;
const NAMED_SOURCES = 8;

/** An error, as AWS worded it. */
export function failureInWords(failure: AwsFailure | null): Content {
  if (failure === null) return '';
  const { code, message, operation, source } = failure;
  const of = operation ?? source;
  return markup`<code>${isolated(code)}</code> ${of === undefined ? '' : markup`(${isolated(of)})`}
    ${isolated(message)}`;
}

/** All that failed in one account and Region. */
export function failuresInWords({ failure, otherFailures = [], moreFailures = 0 }: Gap): Content {
  if (otherFailures.length === 0) return failureInWords(failure);
  return markup`${failureInWords(failure)} ${alsoFailed(otherFailures, otherFailures.length, moreFailures)}`;
}

/** What AWS said, once for all gaps of a cause: the same words name another account each time. */
export function failuresOfCause({ cause, gaps }: GapsOfCause): Content {
  const first = gaps.flatMap(({ failure, otherFailures = [] }) => {
    const told = [failure, ...otherFailures].find((one) => causeOf(one) === cause) ?? failure;
    return told === null ? [] : [told];
  });
  const errors = groupBy(first, ({ code, operation, source }) =>
    JSON.stringify([code, operation ?? source]),
  ).toSorted((a, b) => b.length - a.length);
  const others = groupBy(
    gaps.flatMap(({ otherFailures = [] }) => otherFailures),
    ({ source, operation, code }) => JSON.stringify([source ?? operation, code]),
  ).flatMap(([one]) => one ?? []);
  const more = errors.length - NAMED_ERRORS;
  return [
    ...errors
      .slice(0, NAMED_ERRORS)
      .map(([one], i) => [i > 0 ? markup`<br />` : '', failureInWords(one ?? null)]),
    more > 0 ? markup`<br />${formatNoun(more, 'other error')}` : null,
    others.length === 0 ? null : markup`<br />${alsoFailed(others, NAMED_SOURCES, 0)}`,
  ];
}

function alsoFailed(failures: readonly AwsFailure[], most: number, besides: number): Content {
  const more = Math.max(0, failures.length - most) + besides;
  return markup`Also failed:
  ${failures
    .slice(0, most)
    .map(
      ({ source, operation, code }, i) =>
        markup`${i > 0 ? ', ' : ''}${isolated(source ?? operation ?? '')} (<code>${isolated(code)}</code>)`,
    )}${more > 0 ? `, ${formatCount(more)} more` : ''}`;
}
