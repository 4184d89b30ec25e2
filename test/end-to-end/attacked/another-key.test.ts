import { History } from '../../../core/history/history.ts';
import { makeSeal } from '../../../core/model/seal.ts';
import { DEFAULT_ROLE_NAMES } from '../../../local/arguments/defaults.ts';
import { restoreAndTell } from '../../../local/commands/restore-command.ts';
import type { Deps } from '../../../steps/deps.ts';
import { historyKeys } from '../../../store/keys.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';
import { openRemovalSweep, tally } from '../../support/removal-sweep.ts';

/** A bucket that was adopted by a hub with a new key, and one with the key that belongs to it. */
const OLD = 1;
const NEW = 2;

async function openHub() {
  let key = OLD;
  let deps: Deps | undefined;
  const sweep = await openRemovalSweep({
    hasRecycleBin: true,
    deps: (own) => {
      deps = { ...own, sealOf: async () => makeSeal(new Uint8Array(32).fill(key)) };
      return deps;
    },
  });
  const withKey = (other: number) => (key = other);
  return { sweep, withKey, deps: deps! };
}

/** On one line, as people read it. */
const textOf = (published: unknown) => JSON.stringify(published).replaceAll(/(\\n|\s)+/g, ' ');
const WITH_BIN = { policy: { requireUndo: true } };

describe('after the store was adopted with another key', () => {
  it.each([
    [
      '--plan',
      { plan: 'before' },
      "its seal doesn't match: somebody changed it, an earlier version made it, or it was sealed with another key",
    ],
    [
      '--retry',
      { scope: { retryOf: 'before' } },
      'was changed, is of an earlier version, or was sealed with another key',
    ],
  ])('%s of an old execution is refused in words', async (_option, input, words) => {
    const { sweep, withKey } = await openHub();
    try {
      await sweep.run('before', { mode: 'report' });
      withKey(NEW);
      const { error, published } = await sweep.run('after', { ...input, ...WITH_BIN });
      expect(error).toBe('ExecutionFailed');
      expect(textOf(published)).toContain(words);
      expect(sweep.gone()).toEqual([]);
      withKey(OLD);
      const again = await sweep.run('with-its-key', { ...input, ...WITH_BIN });
      expect(textOf(again.published)).not.toContain('another key');
    } finally {
      await sweep.close();
    }
  });

  it('what was deleted is restored', async () => {
    const { sweep, withKey, deps } = await openHub();
    try {
      const { removals } = await sweep.run('before', WITH_BIN);
      expect(tally(removals)).toEqual({ REMOVED: 8 });
      withKey(NEW);
      const { terminal, written } = fakeTerminal({ quiet: true });
      const args = {
        ...({ command: 'restore', executionId: 'before', resourceIds: [], dryRun: false } as const),
        ...{ out: '', hub: undefined, roleNames: DEFAULT_ROLE_NAMES, self: false, quiet: true },
        json: false,
      };
      expect(await restoreAndTell(deps, args, terminal)).toBe(0);
      expect(written.stdout.match(/RESTORED/g)?.length).toBeGreaterThanOrEqual(8);
    } finally {
      await sweep.close();
    }
  });

  it('the history goes on: no grace begins anew', async () => {
    const { sweep, withKey } = await openHub();
    try {
      await sweep.run('before', { mode: 'report' });
      const [accountId = '', region = ''] = sweep.ids[0]?.split('/') ?? [];
      const key = historyKeys.staleSince({ accountId, region });
      const read = async () => {
        const { entries } = History.parse(JSON.parse((await sweep.store.get(key))?.body ?? ''));
        return Object.entries(entries).map(([id, { staleSince }]) => `${id} ${staleSince}`);
      };
      const before = await read();
      expect(before.length).toBeGreaterThan(8);
      sweep.clock.advance(24 * 3_600_000);
      withKey(NEW);
      const { summary } = await sweep.run('after', { mode: 'report' });
      expect(summary?.historyDoubts).toEqual([]);
      expect(await read()).toEqual(before);
    } finally {
      await sweep.close();
    }
  });
});
