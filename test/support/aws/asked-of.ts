import type { Store } from '../../../store/store.ts';
import { digestOfText } from '../../../core/plan/digest.ts';
import { Expected } from '../../../steps/expected.ts';
import { keysOf } from '../../../store/keys.ts';

/** What the machine's state says was asked of an execution, once Prepare has answered. */
export async function askedOf(store: Store, executionId: string) {
  const body = (await store.get(keysOf(executionId).expected))?.body ?? '';
  const { mode, approval } = Expected.parse(JSON.parse(body));
  return { executionId, expectedDigest: digestOfText(body), mode, approval };
}
