import type { KindCounts } from '../../../core/outcome/outcome.ts';
import { type Countable, Counting } from '../../../core/summary/counts.ts';

export function countAll(resources: Iterable<Countable>, now: Date): KindCounts {
  const counting = new Counting(now);
  for (const resource of resources) counting.add(resource);
  return counting.total;
}
