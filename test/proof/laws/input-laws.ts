import type { Chapter } from '../run/chapter.ts';
import { namesBelow } from '../trial/floors.ts';

/** What an input may not ask for; each breach in words. */
export function breachesInInput({ step, crashed, plan, calls, executionId }: Chapter): string[] {
  // One that died has said nothing.
  if (!namesBelow(step) || crashed) return [];
  const isScanned = calls.some(({ operation }) => operation === 'DescribeSnapshots');
  return [
    ...(isScanned ? ['scanned, though its input names what is below a floor'] : []),
    ...(plan === null ? [] : ['planned, though its input names what is below a floor']),
  ].map((breach) => `${executionId} ${breach}`);
}
