import { KINDS } from '../../../kinds/registry.ts';
import { keysOf } from '../../../store/keys.ts';
import { openRemovalSweep } from '../../support/removal-sweep.ts';

it('an account to be looked at for a kind that is not here is a gap, not one without targets', async () => {
  const kinds = [...KINDS];
  const sweep = await openRemovalSweep({
    deps: (deps) => ({ ...deps, kinds }),
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        if (key === keysOf('e-1').expected) kinds.length = 0;
        return store.put(key, ...rest);
      },
    }),
  });
  const { summary, status } = await sweep.run('e-1', { mode: 'report' });
  await sweep.close();
  expect([status, summary?.status]).toEqual(['FAILED', 'PARTIAL']);
  expect(JSON.stringify(summary)).toContain('kind \\"ebs-snapshot\\" doesn\'t exist');
});
