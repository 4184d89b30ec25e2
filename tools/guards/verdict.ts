import { z } from 'zod';

/** What jest's `--json` says of a run, as far as it is read here. */
export const JestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});
export type JestReport = z.infer<typeof JestReport>;

/**
 * RED: a test noticed. GREEN: none did. BROKEN: the code couldn't be run without the guard, or a
 * test merely ran out of time: that proves nothing.
 */
export type Result = 'RED' | 'GREEN' | 'BROKEN';

export interface Verdict {
  readonly result: Result;
  /** The tests that noticed; where nothing is proved, why. */
  readonly because: readonly string[];
}

const OUT_OF_TIME = /^(thrown: )?"?Exceeded timeout of/;
/** A mutation that isn't a program, rather than one that does the wrong thing. */
const NO_PROGRAM = /^(SyntaxError|ReferenceError|TypeError: .*(is not a function|not iterable))/;

/** What a run of a guard's tests says about the guard that was taken out. */
export function verdictOf(report: JestReport): Verdict {
  const failures = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  );
  const noticed = failures.filter(({ failureMessages }) => failureMessages.some(isNotice));
  if (noticed.length > 0) {
    return { result: 'RED', because: noticed.map(({ fullName }) => fullName) };
  }
  const broken = [
    ...failures.map(
      ({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages)}`,
    ),
    ...report.testResults
      .filter(
        ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
      )
      .map(({ name, message }) => `${name}: ${firstLine([message])}`),
  ];
  if (broken.length > 0) return { result: 'BROKEN', because: broken };
  const ran = report.testResults.some(({ assertionResults }) =>
    assertionResults.some(({ status }) => status === 'passed'),
  );
  return ran
    ? { result: 'GREEN', because: [] }
    : { result: 'BROKEN', because: ['none of its tests was run'] };
}

/** The names of the tests that passed. */
export function passedOf(report: JestReport): ReadonlySet<string> {
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return new Set(all.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName));
}

/** Whether what a test failed with says that it noticed something. */
export function isNotice(message: string): boolean {
  return !OUT_OF_TIME.test(message) && !NO_PROGRAM.test(message);
}

function firstLine(messages: readonly string[]): string {
  return (messages[0] ?? '').trim().split('\n')[0] ?? '';
}
