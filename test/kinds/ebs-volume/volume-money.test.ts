import type { EbsVolume } from '../../../kinds/ebs-volume/facts.ts';
import { ebsVolume } from '../../../kinds/ebs-volume/index.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, aVolumesCopy, dayAgo } from '../../support/organizations/volumes.ts';

const look = { region: 'eu-west-1', now: NOW, policy: aPolicy(), prices: PRICES.builtIn };
const OURS = { finalCopyOf: anEbsVolume().volumeId, startedAt: daysAgo(1), keepUntil: dayAgo(-89) };
const makes = (given: Partial<EbsVolume>, at: object = {}) =>
  ebsVolume.removal?.makes?.(anEbsVolume(given), { ...look, ...at });

it.each<[string, Partial<EbsVolume>, object, number | undefined]>([
  ['a copy', { copies: [] }, {}, 5],
  ['a copy, by its size and not its IOPS', { copies: [], type: 'io2', iops: 9_000 }, {}, 5],
  ['perhaps a copy, as nobody has asked yet', { copies: null }, {}, 5],
  ['nothing once its copy is there', { copies: [aVolumesCopy(OURS)] }, {}, undefined],
  ["nothing where somebody else's is there", { copies: [aVolumesCopy()] }, {}, undefined],
  ['a copy of its own, by its policy', { copies: [aVolumesCopy()] }, { finalCopy: 'always' }, 5],
  ['nothing of sc1', { copies: [], type: 'sc1' }, {}, undefined],
  ['nothing of sc1, not asked yet', { copies: null, type: 'sc1' }, {}, undefined],
  ['a copy of sc1, by its policy', { copies: [], type: 'sc1' }, { finalCopy: 'always' }, 5],
  ['nothing of one that failed', { state: 'error' }, {}, undefined],
])('its next step makes %s', (_what, given, own, usd) => {
  const policy = aPolicy({ kinds: { 'ebs-volume': { ...own } } });
  expect(makes(given, { policy })).toEqual(
    usd === undefined ? undefined : { makesMonthlyCostUsdUpTo: usd, makesForDays: 90 },
  );
});

it('by what was seen of it at earlier looks too, as its next step is', () => {
  const given = {
    copies: [aVolumesCopy({ ...OURS, startedAt: daysAgo(50) })],
    metrics: 'no-control' as const,
  };
  const unattached = { since: daysAgo(60), lastSeen: daysAgo(0), looks: 9 };
  expect(makes(given)).toMatchObject({ makesMonthlyCostUsdUpTo: 5 });
  expect(makes(given, { seen: { unattached } })).toBeUndefined();
});

it('what a copy costs is not known where its price is not', () => {
  const regions = { 'eu-west-1': { volumeUsdPerGiBMonth: { gp3: 0.08 } } };
  const prices = { ...PRICES.builtIn, regions };
  expect(makes({ copies: [] }, { prices })).toEqual({
    ...{ makesMonthlyCostUsdUpTo: null, makesForDays: 90 },
  });
});

it('what it costs is told whole, whatever its removal makes', () => {
  const described = ebsVolume.describe(anEbsVolume({ copies: [] }), look);
  expect(described.monthlyCostUsdUpTo).toBe(8.8);
  expect(described).not.toHaveProperty('remainingMonthlyCostUsdUpTo');
});
