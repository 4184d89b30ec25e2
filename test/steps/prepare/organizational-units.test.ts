import type { OrgAccount } from '../../../core/model/org-account.ts';
import type { Hub } from '../../../steps/deps.ts';
import { readOrganizationalUnits } from '../../../steps/prepare/organizational-units.ts';
import { makeManualClock } from '../../support/manual-clock.ts';

const account = (...units: string[]): OrgAccount => ({
  id: '111122223333',
  name: 'dev',
  state: 'ACTIVE',
  path: `${['o-a1b2', 'r-ab12', ...units, '111122223333'].join('/')}/`,
});

async function namesWith(
  nameOf: (id: string, call: number) => string | undefined,
  accounts: OrgAccount[],
) {
  const asked: string[] = [];
  const clock = makeManualClock();
  const startedAt = clock.now().getTime();
  const hub = {
    findOrganizationalUnitName: async (id: string) => nameOf(id, asked.push(id)),
  } as unknown as Hub;
  const names = await readOrganizationalUnits({ hub, clock }, accounts);
  return { names, asked, seconds: (clock.now().getTime() - startedAt) / 1000 };
}

describe('the names of organizational units', () => {
  it('are asked for once each, and say what the unit is in', async () => {
    const accounts = [account('ou-1', 'ou-2'), account('ou-1', 'ou-2'), account('ou-1')];
    const { names, asked } = await namesWith((id) => id.toUpperCase(), accounts);
    expect(asked).toEqual(['ou-2', 'ou-1']);
    expect(names).toEqual({ 'ou-1': 'OU-1', 'ou-2': 'OU-1 / OU-2' });
  });

  it('are not asked for at the root, nor where no path is known', async () => {
    const { names, asked } = await namesWith(() => 'x', [account(), { ...account(), path: null }]);
    expect(asked).toEqual([]);
    expect(names).toEqual({ 'r-ab12': 'Root' });
  });

  it('are left out from the first refusal on, and nothing fails', async () => {
    const { names, asked } = await namesWith(
      (id, call) => {
        if (call === 2) throw new Error('denied');
        return id;
      },
      [account('ou-1'), account('ou-2'), account('ou-3')],
    );
    expect(asked).toEqual(['ou-1', 'ou-2']);
    expect(names).toEqual({ 'ou-1': 'ou-1' });
  });

  it('are left out for a unit that is gone, and no other', async () => {
    const { names } = await namesWith(
      (id) => (id === 'ou-1' ? undefined : id),
      [account('ou-1'), account('ou-2')],
    );
    expect(names).toEqual({ 'ou-2': 'ou-2' });
  });

  it('are asked for 300 units at most, three a second', async () => {
    const many = Array.from({ length: 301 }, (_, index) => account(`ou-${index}`));
    const { asked, seconds } = await namesWith((id) => id, many);
    expect(asked).toHaveLength(300);
    expect(seconds).toBeCloseTo((300 - 5) / 3, 0);
  });
});
