import type { Guard } from './guard.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { passedOf, type Verdict, verdictOf } from './verdict.ts';

export interface Tried extends Verdict {
  readonly guard: Guard;
  /** Null when its code was not found. */
  readonly file: string | null;
  readonly seconds: number;
}

/**
 * Takes each guard out, in a copy of the project for each of the workers.
 * @param onTried gets each as it comes; what it is given may still turn out BROKEN
 */
export async function tryGuards(
  guards: readonly Guard[],
  workers: number,
  onTried: (one: Tried) => void,
): Promise<readonly Tried[]> {
  const sandbox = openSandbox();
  const others = Array.from({ length: Math.min(workers, guards.length) - 1 }, openSandbox);
  const tried = new Map<Guard, Tried>();
  const waiting = guards.values();
  const work = async (own: Sandbox) => {
    for (const guard of waiting) {
      const one = await tryWithout(own, guard);
      onTried(one);
      tried.set(guard, one);
    }
  };
  try {
    await Promise.all([sandbox, ...others].map(work));
    const inOrder = guards.flatMap((guard) => tried.get(guard) ?? []);
    return await seenWithEveryGuard(sandbox, inOrder, workers);
  } finally {
    for (const one of [sandbox, ...others]) one.remove();
  }
}

async function tryWithout(sandbox: Sandbox, guard: Guard): Promise<Tried> {
  const start = performance.now();
  const { title } = guard;
  let file: string | null = null;
  const verdict = await sandbox
    .without(guard, async (changed) => {
      file = changed;
      return verdictOf(await sandbox.test([guard], { title, workers: 1, untilNoticed: true }));
    })
    .catch((error: unknown): Verdict => {
      return {
        result: 'BROKEN',
        because: [error instanceof Error ? error.message : String(error)],
      };
    });
  return { guard, file, ...verdict, seconds: (performance.now() - start) / 1000 };
}

/**
 * What holds of these when the tests that noticed are run with every guard in place.
 *
 * @internal A test tries it by itself.
 */
export async function seenWithEveryGuard(
  sandbox: Pick<Sandbox, 'test'>,
  tried: readonly Tried[],
  workers: number,
): Promise<readonly Tried[]> {
  let noticed = tried.filter(({ result }) => result === 'RED');
  // On a busy machine a test of simulated time may fail: once more, before that is believed.
  for (let times = 0; times < 2 && noticed.length > 0; times += 1) {
    const title = namesOf(noticed.flatMap(({ because }) => because));
    const report = await sandbox.test(
      noticed.map(({ guard }) => guard),
      { title, workers, untilNoticed: false },
    );
    const passed = passedOf(report);
    noticed = noticed.filter(({ because }) => !because.some((name) => passed.has(name)));
  }
  // A test that is red as it is says nothing about any guard.
  return tried.map((one) =>
    noticed.includes(one)
      ? { ...one, result: 'BROKEN', because: one.because.map((name) => `red as it is: ${name}`) }
      : one,
  );
}

/** The pattern of these tests alone. */
function namesOf(names: readonly string[]): string {
  const escaped = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return `^(${escaped.join('|')})$`;
}
