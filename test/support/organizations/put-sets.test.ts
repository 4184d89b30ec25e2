import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { putSet } from './put-sets.ts';

it.each([[0], [500], [970], [999]])(
  'a set of 60 starts within one second where the clock stands %s ms after one',
  (milliseconds) => {
    const put: SimSnapshot[] = [];
    const estate = {
      accountId: '111122223333',
      now: () => new Date(Date.UTC(2026, 10, 28, 12, 0, 0, milliseconds)),
      putSnapshot: (snapshot: SimSnapshot) => put.push(snapshot),
    };
    const ids = putSet(estate as unknown as SimEstate, 60);
    const members = put.filter(({ snapshotId }) => ids.includes(snapshotId));
    const seconds = members.map(({ startTime }) => startTime.toISOString().slice(0, -5));
    expect(members).toHaveLength(60);
    expect(new Set(seconds).size).toBe(1);
  },
);
