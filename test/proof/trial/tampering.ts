import type { Store } from '../../../store/store.ts';
import { planDigest } from '../../../core/plan/digest.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { keysOf } from '../../../store/keys.ts';
import type { Step } from './trial.ts';

/** Adds a removal that nobody planned to the stored plan, before the first function that removes. */
export function makeTampering(store: Store, executionId: string, { tampers }: Step) {
  const tampering = {
    done: false,
    once: async () => {
      if (tampers === 'no' || tampering.done) return;
      const key = keysOf(executionId).plan;
      const plan = Plan.parse(JSON.parse((await store.get(key))?.body ?? ''));
      const [first] = plan.removals;
      if (first === undefined) return;
      const resourceId = plan.held[0]?.resourceId ?? 'snap-0000000000000dead';
      const { digest: _digest, ...changed } = {
        ...plan,
        removals: [...plan.removals, { ...first, resourceId }],
      };
      const digest = tampers === 'adds' ? plan.digest : planDigest(changed);
      await store.put(key, JSON.stringify({ ...changed, digest }));
      tampering.done = true;
    },
  };
  return tampering;
}
