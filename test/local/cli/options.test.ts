import { readOptionsAbout } from '../../../local/cli/options.ts';

const read = (line: string) => {
  const kinds = { hub: 'path', json: 'flag' } as const;
  const { about, options } = readOptionsAbout('RESOURCE_ID', line.split(' '), kinds);
  return [about, options.get('hub'), options.has('json')];
};

it.each([
  ['x', undefined],
  ['x --hub', ['']],
  ['--hub x', ['']],
  ['--hub --json x', ['']],
  ['--hub /a/hub x', ['/a/hub']],
  ['x --hub /a/hub', ['/a/hub']],
  ['x --hub=/a/hub', ['/a/hub']],
])('reads the path of "%s"', (line, hub) => {
  expect(read(line)).toEqual(['x', hub, line.includes('--json')]);
});

it.each([
  ['x --hub --json /a/hub', 'argument: "/a/hub"'],
  ['x --hub=/a /b', 'argument: "/b"'],
  ['x --hub /a /b', 'argument: "/b"'],
  ['x --hub=', '--hub: missing'],
  ['x --hub /a --hub /b', '--hub: missing – accepted: --hub only once'],
])('refuses "%s"', (line, message) => {
  expect(() => read(line)).toThrow(expect.objectContaining({ name: 'InvalidInput' }));
  expect(() => read(line)).toThrow(message);
});
