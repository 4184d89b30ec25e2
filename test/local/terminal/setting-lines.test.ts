import { settingLines } from '../../../local/terminal/setting-lines.ts';

const settings = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_SECRET_ACCESS_KEY: "it's" };

it('has lines for a POSIX shell, and those of PowerShell in a comment', () => {
  expect(settingLines(settings, 'linux')).toEqual([
    'export AWS_ENDPOINT_URL=http://127.0.0.1:1',
    `export AWS_SECRET_ACCESS_KEY='it'\\''s'`,
    `# PowerShell: $env:AWS_ENDPOINT_URL = 'http://127.0.0.1:1'; $env:AWS_SECRET_ACCESS_KEY = 'it''s'`,
  ]);
});

it('has them the other way round on Windows', () => {
  const [first, , last] = settingLines(settings, 'win32');
  expect(first).toBe(`$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:1'`);
  expect(last).toMatch(/^# Git Bash: export AWS_ENDPOINT_URL=http/);
});

it.each(["'", '\u2018', '\u2019', '\u201a', '\u201b'])(
  'doubles %s, which ends a string in PowerShell',
  (mark) => {
    const [first] = settingLines({ NAME: `x${mark}; calc; ${mark}` }, 'win32');
    expect(first).toBe(`$env:NAME = 'x${mark}${mark}; calc; ${mark}${mark}'`);
  },
);

it.each(['a\ncalc', 'a\rcalc', 'a\u0000', '\u001b[2J', 'a\u0085b', 'a\u2028b'])(
  'refuses %j, which would end the line',
  (value) => {
    expect(() => settingLines({ NAME: value })).toThrow(
      /^NAME: ".*" – accepted: a value without control characters$/,
    );
  },
);
