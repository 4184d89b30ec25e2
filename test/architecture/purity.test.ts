import { execFileSync } from 'node:child_process';
import { runningImportsOf, root, ROOMS, sourcesOf } from '../support/imports.ts';

/** What only decides or only puts into words: each says the same, wherever and whenever it is asked. */
const PURE = [
  /^core\//,
  /^report\/(?!page\/browser\/)/,
  /^kinds\/((prices|tags)\/|ec2\/(ami|volume)-id\.ts$)/,
  /^kinds\/[\w-]+\/((words|leftovers)\/|copies\/(counted|final-copy|groups)\.ts$|sources\/(names|reference-words)\.ts$|(assess|billing|copies|costs|facts|next-step|policy|prices|seen|sets)\.ts$)/,
];

/** Code that no pure file may have, one each. */
const IMPURE = [
  "import { EC2Client } from '@aws-sdk/client-ec2';",
  "import { readFileSync } from 'node:fs';",
  'export const home = process.env.HOME;',
  'export const now = Date.now();',
  'export const today = new Date();',
  'export const some = Math.random();',
  "export const answer = fetch('https://example.com');",
  'setTimeout(() => undefined, 1);',
];

// In a process of its own, as eslint loads its configuration in a way that a test's modules can't.
const ASK = `
  import { ESLint, Linter } from 'eslint';
  import { parser } from 'typescript-eslint';
  const { files, impure } = JSON.parse(process.argv[1]);
  const eslint = new ESLint();
  const told = {};
  for (const file of files) {
    const { rules } = await eslint.calculateConfigForFile(file);
    const restricting = Object.entries(rules).filter(([name]) => name.startsWith('no-restricted-'));
    const config = { languageOptions: { parser }, rules: Object.fromEntries(restricting) };
    const key = JSON.stringify(config.rules);
    told[key] ??= impure.filter((code) => new Linter().verify(code, config).length === 0);
    told[file] = told[key];
  }
  process.stdout.write(JSON.stringify(Object.fromEntries(files.map((file) => [file, told[file]]))));`;

const pure = ROOMS.flatMap(sourcesOf).filter((file) => PURE.some((one) => one.test(file)));

it('lets eslint refuse an SDK, files, clocks, chance and the environment in each pure file', () => {
  const given = JSON.stringify({ files: pure, impure: IMPURE });
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', ASK, given], {
    cwd: root,
    encoding: 'utf8',
  });
  const accepted = JSON.parse(told) as Record<string, string[]>;
  expect(pure.length).toBeGreaterThan(200);
  expect(Object.entries(accepted).filter(([, codes]) => codes.length > 0)).toEqual([]);
});

it('has pure files import pure files alone', () => {
  const strays = pure.flatMap((file) =>
    runningImportsOf(file)
      .filter((imported) => !imported.endsWith('.generated.ts') && !pure.includes(imported))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(strays).toEqual([]);
});
