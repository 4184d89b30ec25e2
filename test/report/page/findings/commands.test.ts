import { SNAPSHOT_WORDS } from '../../../../core/words/snapshot-words.ts';
import { protectCommand, restoreOne } from '../../../../report/page/findings/commands.ts';

const AWS_IDS = { region: 'eu-west-1' };

it('restores one resource, from where all of it would be restored', () => {
  const all = "orgsweep restore weekly-1 '--hub=/my team/hub'";
  expect(restoreOne(all, 'snap-1')).toBe(`${all} --resource snap-1`);
  expect(restoreOne(all, '$(x)')).toBe(`${all} --resource '$(x)'`);
});

it('protects by the tag that is always there, and knows no command for other kinds', () => {
  expect(protectCommand({ ...AWS_IDS, resourceId: 'snap-1' }, SNAPSHOT_WORDS)).toBe(
    'aws ec2 create-tags --region eu-west-1 --resources snap-1 --tags Key=orgsweep:protect,Value=yes',
  );
  const { commands: _commands, ...without } = SNAPSHOT_WORDS;
  for (const own of [without, undefined])
    expect(protectCommand({ ...AWS_IDS, resourceId: 'a' }, own)).toBeNull();
});
