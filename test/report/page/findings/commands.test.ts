import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  protectCommand,
  restoreOne,
  shellWord,
} from '../../../../report/page/findings/commands.ts';
import { anyCharacter } from '../../../support/summaries/any-character.ts';

const AWS_IDS = { kind: 'ebs-snapshot', region: 'eu-west-1' };

it('restores one resource, from where all of it would be restored', () => {
  const all = "orgsweep restore weekly-1 '--hub=/my team/hub'";
  expect(restoreOne(all, 'snap-1')).toBe(`${all} --resource snap-1`);
  expect(restoreOne(all, '$(x)')).toBe(`${all} --resource '$(x)'`);
});

it('protects by the tag that is always there, and knows no command for other kinds', () => {
  expect(protectCommand({ ...AWS_IDS, resourceId: 'snap-1' })).toBe(
    'aws ec2 create-tags --region eu-west-1 --resources snap-1 --tags Key=orgsweep:protect,Value=yes',
  );
  expect(protectCommand({ ...AWS_IDS, kind: 'log-group', resourceId: 'a' })).toBeNull();
});

it('spells out what a terminal would act on, or nobody would see', () => {
  expect(shellWord('a\n$(reboot)\u202e')).toBe("$'a\\U0000000a$(reboot)\\U0000202e'");
  expect(shellWord('$(reboot)')).toBe("'$(reboot)'");
  expect(shellWord('')).toBe("''");
});

it('is one word to a shell, whatever is in it', () => {
  const word = fc.oneof(
    fc.constantFrom("'", '\\', '"$(x)`', '; rm -rf /', '\n', '!!', '~', '*', '-rf', "\\'"),
    fc.string({ unit: anyCharacter, maxLength: 12 }),
  );
  // No argument of a program has a NUL, nor half a surrogate pair.
  const text = fc
    .array(word, { maxLength: 3 })
    .map((parts) => parts.join('').replace(/\0|\p{Surrogate}/gu, '?'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 50, maxLength: 100 }), (texts) => {
      const script = `printf '%s\\0' ${texts.map(shellWord).join(' ')}`;
      const env = { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] };
      const said = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env });
      expect(said.split('\0').slice(0, -1)).toEqual(texts);
    }),
    { numRuns: 10 },
  );
});
