import type { Clock } from '../../../clock/clock.ts';

/** What a wait came to: the seconds it took and what was seen, or undefined. */
export interface Waited<T> {
  readonly seconds: number;
  readonly found: T | undefined;
}

/** Looks once a second, or as often as said, until something is there or the time is over. */
export async function waitFor<T>(
  clock: Clock,
  { atMostSeconds, everySeconds = 1 }: { atMostSeconds: number; everySeconds?: number },
  look: () => Promise<T | undefined>,
): Promise<Waited<T>> {
  const began = clock.now().getTime();
  const seconds = () => Math.round((clock.now().getTime() - began) / 1000);
  for (;;) {
    const found = await look();
    if (found !== undefined || seconds() >= atMostSeconds) return { seconds: seconds(), found };
    await clock.sleep(everySeconds * 1000);
  }
}
