import { createHmac } from 'node:crypto';
import { makeSeal, type Seal } from '../../../core/model/seal.ts';

/** Seals every execution, whoever ran it, as the hub's key does: each with a key of its own. */
export async function everySeal(executionId: string): Promise<Seal> {
  return makeSeal(createHmac('sha256', 'the secret of these tests').update(executionId).digest());
}
