import { randomBytes } from 'node:crypto';
import { makeSeal, type Seal, SEALING_KEY_BYTES } from '../../core/model/seal.ts';

/** The seals of the executions that one process runs. Their keys are written nowhere. */
export interface ProcessSeals {
  /** Before the first step of an execution; once more changes nothing. */
  begin(executionId: string): void;
  /** null: this process didn't run it, and can't know what it sealed. */
  sealOf(executionId: string): Promise<Seal | null>;
}

export function makeProcessSeals(): ProcessSeals {
  const seals = new Map<string, Seal>();
  return {
    begin: (executionId) => {
      if (!seals.has(executionId)) {
        seals.set(executionId, makeSeal(randomBytes(SEALING_KEY_BYTES)));
      }
    },
    sealOf: async (executionId) => seals.get(executionId) ?? null,
  };
}
