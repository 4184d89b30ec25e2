import type { Summary } from '../../core/summary/summary.ts';

/** Whether none of it is real: an organization that ended with the run, or one that is kept in a folder. */
export function isSimulated({ simulated, startedBy }: Summary): boolean {
  return simulated || (startedBy?.options.includes('--simulated') ?? false);
}
