import { z } from 'zod';
import { escapeControls } from '../../core/input/bad-input.ts';
import { oneLine, wrap } from '../../report/format/layout.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { anonymous } from './anonymous.ts';
import { BY_HAND } from './by-hand.ts';
import type { Result } from './probe.ts';
import type { Settled } from './run-probes.ts';

const MARGIN = ' '.repeat(13);
const RESULTS = ['DIFFERS', 'NOT_SETTLED', 'SAME'] as const;

/** What `--json` prints, to be shown to others: it has no account id. */
export const ResultJson = z.strictObject({
  schemaVersion: z.literal(1),
  orgsweep: z.string(),
  region: z.string(),
  /** `AWS`, the simulated organization, or what `AWS_ENDPOINT_URL` says. */
  asked: z.string(),
  wrote: z.boolean(),
  counts: z.record(z.enum(RESULTS), z.int()),
  facts: z.array(
    z.strictObject({
      name: z.string(),
      fact: z.string(),
      assumedIn: z.string(),
      expected: z.string(),
      result: z.enum(RESULTS),
      seen: z.string(),
    }),
  ),
  /** What `--write` made and could not remove. */
  left: z.array(z.string()),
});
export type ResultJson = z.infer<typeof ResultJson>;

export interface Ran {
  readonly region: string;
  readonly asked: string;
  readonly wrote: boolean;
  readonly settled: readonly Settled[];
  readonly left: readonly string[];
}

export function toJson({ settled, left, ...ran }: Ran): ResultJson {
  return ResultJson.parse({
    schemaVersion: 1,
    orgsweep: packageJson.version,
    ...ran,
    counts: countsOf(settled),
    facts: settled.map(({ probe: { name, fact, assumedIn, expected }, result, seen }) => ({
      name,
      fact,
      assumedIn,
      expected,
      result,
      seen,
    })),
    left: left.map(anonymous),
  });
}

/** What differs comes first, then what isn't settled, then the rest in a line each. */
export function toText({ settled, asked, left }: Ran): string {
  const lines = RESULTS.flatMap((result) => settled.filter((one) => one.result === result)).flatMap(
    ({ probe, result, seen }) => [
      `${label(result).padEnd(12)} ${probe.name}`,
      ...(result === 'SAME' ? [] : wrap(`It is assumed: ${probe.fact}`, MARGIN)),
      ...wrap(`${result === 'NOT_SETTLED' ? 'Why' : 'Seen'}: ${seen}`, MARGIN),
      ...(result === 'DIFFERS' ? wrap(`Otherwise: ${probe.otherwise}`, MARGIN) : []),
    ],
  );
  const counts = countsOf(settled);
  const told = RESULTS.toReversed().map((result) => `${counts[result]} ${label(result)}`);
  return [
    ...lines,
    '',
    `${told.join(', ')}. Asked: ${asked}.`,
    `${BY_HAND.length} more facts no script can settle: docs/real-account.md.`,
    ...left.map((one) => `STILL THERE: ${oneLine(one)}`),
    '',
  ]
    .map(escapeControls)
    .join('\n');
}

/** By the meanings and the precedence of docs/commands.md. */
export function exitCodeOf({ settled, left }: Pick<Ran, 'settled' | 'left'>): number {
  const { DIFFERS, NOT_SETTLED } = countsOf(settled);
  if (DIFFERS > 0) return 1;
  if (left.length > 0) return 5;
  return NOT_SETTLED > 0 ? 3 : 0;
}

function countsOf(settled: readonly Settled[]): Record<Result, number> {
  const of = (wanted: Result) => settled.filter(({ result }) => result === wanted).length;
  return { DIFFERS: of('DIFFERS'), NOT_SETTLED: of('NOT_SETTLED'), SAME: of('SAME') };
}

function label(result: Result): string {
  return result.replace('_', ' ');
}
