import { RestoreLine } from '../../../core/removal/restore.ts';
import { keysOf } from '../../../store/keys.ts';
import { noteRestores } from '../../../steps/restore/restore-log.ts';
import { ACCOUNT, KIND, NOW, REGION } from '../../support/summaries/builders.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const lineOf = (resourceId: string): RestoreLine => ({
  kind: KIND,
  accountId: ACCOUNT,
  region: REGION,
  resourceId,
  outcome: 'RESTORED',
  at: NOW.toISOString(),
});

it('restores that run side by side lose none of their lines', async () => {
  const store = makeMemoryStore();
  const ids = ['snap-1', 'snap-2', 'snap-3', 'snap-4', 'snap-5'];
  await Promise.all(ids.map(async (id) => noteRestores(store, 'e1', [lineOf(id)])));
  const lines = (await store.get(keysOf('e1').restores))?.body.trim().split('\n') ?? [];
  const noted = lines.map((line) => RestoreLine.parse(JSON.parse(line)).resourceId);
  expect(noted.toSorted()).toEqual(ids);
});
