import { assess } from '../../../kinds/ebs-snapshot/assess.ts';
import { LISTINGS } from '../../../kinds/ebs-snapshot/fields.ts';
import { aPolicy, aSnapshot, NOW } from '../../support/organizations/snapshots.ts';

const verdictOn = (given: Parameters<typeof aSnapshot>[0]) =>
  assess(aSnapshot(given), aPolicy(), NOW);

it.each([
  ['in a Local Zone', { zone: 'us-west-2-lax-1a' }, 'IN_LOCAL_ZONE'],
  ['restored from the archive', { restoredUntil: NOW.toISOString() }, 'RESTORED_FROM_ARCHIVE'],
  ['of which a part is there', { progress: '40%' }, 'NOT_COMPLETED'],
])('a snapshot %s is kept', (_what, given, reason) => {
  expect(verdictOn(given)).toEqual({ verdict: 'KEEP', reasons: [reason] });
});

it.each([['100%'], ['']])('progress "%s" says nothing', (progress) => {
  expect(verdictOn({ progress }).verdict).toBe('STALE');
});

it('says of every field that says nothing why', () => {
  expect(LISTINGS.length).toBeGreaterThan(15);
  for (const { fields } of LISTINGS)
    for (const { because } of Object.values(fields)) expect(because.length).toBeGreaterThan(5);
});
