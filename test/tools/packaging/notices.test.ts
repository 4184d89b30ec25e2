import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { type BundledPackage, bundledPackages } from '../../../tools/packaging/bundled-packages.ts';
import { thirdPartyNotices } from '../../../tools/packaging/notices.ts';

const MIT = 'MIT License\n\nCopyright (c) Ada';
const aPackage: BundledPackage = {
  ...{ name: 'one', version: '1.0.0', license: 'MIT', author: 'Ada', texts: [MIT] },
};

describe('what is bundled', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'orgsweep-notices-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('is what esbuild put into an output, by the innermost package, with its licence and NOTICE', () => {
    aFolder('node_modules/@a/one', '1.0.0', {
      'LICENSE.md': MIT,
      NOTICE: 'Made by Ada',
      'a.js': '',
    });
    aFolder('node_modules/@a/one/node_modules/two', '2.0.0', { 'licence.txt': 'Two' });
    aFolder('node_modules/three', '3.0.0', {});
    const found = bundledPackages(
      bundleOf({
        'core/ours.ts': 10,
        'node_modules/@a/one/lib/a.js': 10,
        'node_modules/@a/one/lib/b.js': 10,
        'node_modules/@a/one/node_modules/two/index.js': 1,
        // Looked at, and left out.
        'node_modules/three/index.js': 0,
      }),
      root,
    );
    const by = { license: 'MIT', author: 'its authors' };
    expect(found).toEqual([
      { ...by, name: '@a/one', version: '1.0.0', texts: [MIT, 'Made by Ada'] },
      { ...by, name: 'two', version: '2.0.0', texts: ['Two'] },
    ]);
  });

  it('has the licence of its repository where it brings none itself', () => {
    const [ours, others] = ['https://example.com/ours.git', { url: 'https://example.com/b.git' }];
    aFolder('node_modules/four', '4.0.0', { LICENSE: 'Theirs' }, { repository: others });
    aFolder('node_modules/five', '5.0.0', { LICENSE: MIT }, { repository: { url: ours } });
    aFolder('node_modules/six', '6.0.0', {}, { repository: ours });
    aFolder('node_modules/seven', '7.0.0', {}, {});
    const names = ['four', 'five', 'six', 'seven'];
    const found = bundledPackages(
      bundleOf(Object.fromEntries(names.map((name) => [`node_modules/${name}/index.js`, 1]))),
      root,
    );
    expect(Object.fromEntries(found.map(({ name, texts }) => [name, texts]))).toEqual({
      four: ['Theirs'],
      five: [MIT],
      six: [MIT],
      seven: [],
    });
  });

  function aFolder(
    folder: string,
    version: string,
    files: Record<string, string>,
    more: object = {},
  ): void {
    const place = path.join(root, folder);
    mkdirSync(place, { recursive: true });
    const name = folder.replace(/.*node_modules\//, '');
    const manifest = { name, version, license: 'MIT', ...more };
    writeFileSync(path.join(place, 'package.json'), JSON.stringify(manifest));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(place, name), text);
  }
});

it('names a package of every licence that is allowed, each text once', () => {
  const text = thirdPartyNotices([aPackage, { ...aPackage, name: 'two' }]);
  expect(text).toContain(`\none 1.0.0 (MIT)\ntwo 1.0.0 (MIT)\n\n${MIT}\n`);
  expect(text.split(MIT)).toHaveLength(2);
});

it.each(['GPL-3.0-only', 'MIT OR GPL-2.0', 'SEE LICENSE IN x', 'UNLICENSED', ''])(
  'refuses a licence that nobody allowed: %p',
  (license) => {
    expect(() => thirdPartyNotices([aPackage, { ...aPackage, name: 'bad', license }])).toThrow(
      `bundled under a licence that is not allowed: bad@1.0.0 (${license})`,
    );
  },
);

it('takes the standard text where a package brings none, and refuses where there is no such text', () => {
  const without = (license: string) => thirdPartyNotices([{ ...aPackage, license, texts: [] }]);
  expect(without('Apache-2.0')).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION');
  expect(without('BSD-2-Clause')).toContain(
    '(BSD-2-Clause)\n\nCopyright (c) Ada\n\nRedistribution',
  );
  expect(() => without('MIT')).toThrow(
    'one@1.0.0 is bundled and brings no text of its licence, MIT',
  );
});

function bundleOf(inputs: Record<string, number>): Metafile {
  const bytes = Object.entries(inputs).map(([file, bytesInOutput]) => [file, { bytesInOutput }]);
  return {
    inputs: {},
    outputs: {
      'index.js': { bytes: 1, imports: [], exports: [], inputs: Object.fromEntries(bytes) },
    },
  };
}
