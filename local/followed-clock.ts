import type { Clock } from '../adapters/clock.ts';
import { systemClock } from '../adapters/clock.ts';

export async function clockToFollow(): Promise<Clock> {
  return systemClock;
}
