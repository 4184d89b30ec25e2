import { PLACES, type SimPlaceName } from '../../../simulation/kinds/ami-users/places.ts';
import type { SimImage } from '../../../simulation/model/image.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const REGION = 'us-east-1';
const IMAGE = 'ami-0a1b2c3d4e5f60718';
const ORGANIZATION = 'arn:aws:organizations::310000000001:organization/o-acme';
const UNIT = 'arn:aws:organizations::310000000001:ou/o-acme/ou-ab12-partner';

let sweep: SimulatedSweep;
let own: SimEstate;
let other: SimEstate;
afterEach(async () => sweep.close());

/** An old AMI that nobody in its own account uses, and another account without any AMI of its own. */
async function open(image: Partial<SimImage>) {
  const size = { accounts: 2, regions: 1, snapshotsPerTarget: 0, seed: 7 };
  sweep = await openSimulatedSweep(steadyScenario(size), { kinds: ['ebs-snapshot', 'ami'] });
  const [first, second] = sweep.organization.accounts.map(({ id }) =>
    sweep.organization.estate(id, REGION),
  );
  [own, other] = [first!, second!];
  own.putImage({
    ...{ imageId: IMAGE, ownerId: own.accountId, name: 'golden', state: 'available' },
    ...{ snapshotIds: [], lastLaunchedAt: null, ...image },
  });
}

async function seen() {
  const { findings } = await sweep.run();
  const found = findings.find(({ resourceId }) => resourceId === IMAGE);
  const { verdict, reasons, evidence } = found ?? {};
  return { verdict, reasons, usedByOtherAccounts: evidence?.usedByOtherAccounts };
}

const ACCOUNT_OF_OTHERS = '310000000002';
const SHARINGS: readonly (readonly [string, Partial<SimImage>])[] = [
  ['an account', { sharedWith: [ACCOUNT_OF_OTHERS] }],
  ['the organization', { sharedWith: [ORGANIZATION] }],
  ['a unit', { sharedWith: [UNIT] }],
  ['everybody', { isPublic: true }],
];

it.each(SHARINGS)(
  'an AMI that is shared with %s is kept, though what names it there is not read',
  async (_, image) => {
    await open(image);
    for (const [number, place] of (Object.keys(PLACES) as SimPlaceName[]).entries())
      PLACES[place].put(other, IMAGE, number);
    expect(await seen()).toMatchObject({ verdict: 'KEEP', reasons: ['SHARED'] });
  },
  60_000,
);

it('one that is shared with nobody is launched by no other account: what names it there can launch nothing', async () => {
  await open({});
  PLACES['launch-configuration'].put(other, IMAGE, 1);
  PLACES['group-override'].put(other, IMAGE, 2);
  const { usedByOtherAccounts, ...judged } = await seen();
  expect(judged).toEqual({ verdict: 'STALE', reasons: ['AMI_NEVER_LAUNCHED'] });
  expect(usedByOtherAccounts).toBeUndefined();
}, 60_000);

it('an instance of another account that was launched while it was shared is told with it', async () => {
  await open({});
  const instanceId = 'i-0123456789abcdef0';
  other.putInstance({ instanceId, imageId: IMAGE, state: 'stopped', volumeIds: [] });
  expect((await seen()).usedByOtherAccounts).toEqual([
    { accountId: other.accountId, source: 'instances', by: instanceId },
  ]);
}, 60_000);

it.each(SHARINGS.slice(0, 3))(
  'where nobody may say whether it is shared with %s, it is not known',
  async (_, image) => {
    await open(image);
    const { accountId } = own;
    sweep.simulation.setFaults([
      { operation: 'DescribeImageAttribute', accountId, answer: 'deny' },
    ]);
    expect(await seen()).toMatchObject({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] });
  },
  60_000,
);
