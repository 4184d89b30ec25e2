import { AnySimChange } from '../../../simulation/kinds/registry.ts';

/** As kept organizations have them since there is `--keep`. Not to be changed. */
const OLD_LINES = [
  '{"kind":"tag-snapshots","accountId":"210000000011","region":"eu-west-1","snapshotIds":["snap-0a"],"tags":[["orgsweep:marked","true"]]}',
  '{"kind":"delete-snapshot","accountId":"210000000011","region":"eu-west-1","snapshotId":"snap-0a","by":{"role":"deletion","accessKeyId":"ASIAEXAMPLE"}}',
  '{"kind":"restore-snapshot","accountId":"210000000011","region":"eu-west-1","snapshotId":"snap-0a"}',
];

it.each(OLD_LINES)('reads what older versions kept: %s', (line) => {
  expect(JSON.stringify(AnySimChange.parse(JSON.parse(line)))).toBe(line);
});

it.each([
  '{"kind":"delete-account","accountId":"210000000011","region":"eu-west-1"}',
  '{"kind":"restore-snapshot","accountId":"210000000011","region":"eu-west-1"}',
  '{"kind":"restore-snapshot","accountId":"1","region":"eu-west-1","snapshotId":"snap-0a"}',
])('does not read what no kind has: %s', (line) => {
  expect(AnySimChange.safeParse(JSON.parse(line)).success).toBe(false);
});
