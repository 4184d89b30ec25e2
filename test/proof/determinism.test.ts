import fc from 'fast-check';
import { runTrial } from './run/history.ts';
import { anyTrial, type Trial } from './trial/trial.ts';

it('the same trial makes the same calls at the same times, and leaves the same files', async () => {
  for (const trial of fc.sample(anyTrial, { numRuns: 1, seed: 8 })) {
    expect(await traceOf(trial)).toEqual(await traceOf(trial));
  }
});

async function traceOf(trial: Trial) {
  const trace: unknown[] = [];
  await runTrial(trial, async (_stage, chapters) => {
    const { calls, summary, plan, removals, ledger } = chapters.at(-1)!;
    const lines = calls.map(({ at, operation, accountId, region }) => [
      at,
      operation,
      accountId,
      region,
    ]);
    trace.push({ lines, summary, plan, removals, ledger });
  });
  // What a broken connection leaves names the port, and each trial listens on one of its own.
  return JSON.stringify(trace, null, 2).replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:port');
}
