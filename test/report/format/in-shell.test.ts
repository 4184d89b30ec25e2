import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { inShell } from '../../../report/format/in-shell.ts';
import { anyCharacter } from '../../support/summaries/any-character.ts';

it('spells out what a terminal would act on, or nobody would see', () => {
  expect(inShell('a\n$(reboot)\u202e')).toBe("$'a\\U0000000a$(reboot)\\U0000202e'");
  expect(inShell('$(reboot)')).toBe("'$(reboot)'");
  expect(inShell('')).toBe("''");
  expect(inShell("Größe 日本's")).toBe("'Größe 日本'\\''s'");
  expect(inShell('a\u00a0b\u200bc')).toBe("$'a\\U000000a0b\\U0000200bc'");
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
      const script = `printf '%s\\0' ${texts.map(inShell).join(' ')}`;
      const env = { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] };
      const said = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env });
      expect(said.split('\0').slice(0, -1)).toEqual(texts);
    }),
    { numRuns: 10 },
  );
});
