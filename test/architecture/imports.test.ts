import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** For each folder, the only folders its files may import from. */
const ARROWS: Record<string, readonly string[]> = {
  core: ['core'],
  clock: ['core', 'clock'],
  report: ['core', 'report'],
  aws: ['core', 'clock', 'aws'],
  store: ['core', 'clock', 'aws', 'store', 'steps'],
  kinds: ['core', 'clock', 'aws', 'kinds', 'report', 'store', 'steps'],
  statemachine: ['core', 'statemachine'],
  steps: ['core', 'clock', 'aws', 'store', 'kinds', 'report', 'statemachine', 'steps'],
  functions: [
    'core',
    'clock',
    'aws',
    'store',
    'kinds',
    'report',
    'statemachine',
    'steps',
    'functions',
  ],
  // The clock's type is all the simulation shares with what it tests.
  simulation: ['simulation', 'clock'],
  infra: ['core', 'aws', 'kinds', 'report', 'statemachine', 'functions', 'infra'],
  // Not in the package; it goes by what runs, and by what the command line reads of its caller.
  'tools/real-account': ['core', 'clock', 'aws', 'store', 'kinds', 'report', 'local', 'tools'],
};

const CDK = /['"](aws-cdk-lib|constructs|cdk-nag)(\/[^'"]*)?['"]/;

function sourcesOf(folder: string, name = /\.ts$/): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => path.join(folder, file));
}

function importsOf(file: string): string[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  return [...source.matchAll(/from '(\.[^']+)'/g)].map(([, specifier]) =>
    path.relative(root, path.resolve(root, path.dirname(file), specifier ?? '')),
  );
}

describe.each(Object.entries(ARROWS))('%s', (folder, allowed) => {
  const sources = sourcesOf(folder);

  it('has sources', () => expect(sources).not.toEqual([]));

  it(`imports only from ${allowed.join(', ')}`, () => {
    const strays = sources.flatMap((file) =>
      importsOf(file)
        .filter((imported) => imported.includes(path.sep))
        .filter((imported) => !allowed.includes(imported.split(path.sep)[0] ?? ''))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(strays).toEqual([]);
  });
});

/** What a configuration is, and which names follow from it: the simulated hub reads it as the CDK does. */
const OF_A_CONFIGURATION = ['infra/config/config.ts', 'infra/config/hub-names.ts'];

it('reads a configuration without the CDK', () => {
  const seen = new Set<string>();
  const follow = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    expect(readFileSync(path.join(root, file), 'utf8')).not.toMatch(CDK);
    importsOf(file)
      .filter((imported) => imported.startsWith('infra'))
      .forEach(follow);
  };
  OF_A_CONFIGURATION.forEach(follow);
});

it.each([...Object.keys(ARROWS).filter((folder) => folder !== 'infra'), 'local', 'bin'])(
  '%s runs without the CDK and what is deployed with it',
  (folder) => {
    for (const file of sourcesOf(folder, /\.m?ts$|\.mjs$/)) {
      const source = readFileSync(path.join(root, file), 'utf8');
      expect(source).not.toMatch(CDK);
      const fromInfra = importsOf(file).filter((imported) => imported.startsWith('infra'));
      const mayBe = folder === 'local' ? OF_A_CONFIGURATION : [];
      expect(fromInfra.filter((imported) => !mayBe.includes(imported))).toEqual([]);
    }
  },
);

it('lets nothing ask for prices but the command that updates them, and what tries that', () => {
  const asking = [...Object.keys(ARROWS), 'local', 'bin'].flatMap((folder) =>
    sourcesOf(folder).filter((file) =>
      /@aws-sdk\/client-pricing|\/price-list\.ts'/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    ),
  );
  expect(asking.toSorted()).toEqual([
    'aws/services/price-list.ts',
    'local/commands/update-prices.ts',
    'tools/real-account/probes/regions-and-prices.ts',
    'tools/real-account/sandbox/sandbox.ts',
  ]);
});

it('lets the simulation share nothing with orgsweep but the clock', () => {
  const shared = sourcesOf('simulation')
    .flatMap(importsOf)
    .filter((imported) => imported.startsWith('clock'));
  expect([...new Set(shared)]).toEqual(['clock/clock.ts']);
});

it.each(['core', 'kinds'])('%s has pure decisions: no SDK where facts are assessed', (folder) => {
  const pure = sourcesOf(folder).filter(
    (file) => folder === 'core' || /(assess|facts|describe)\.ts$/.test(file),
  );
  expect(pure).not.toEqual([]);
  for (const file of pure) {
    expect(readFileSync(path.join(root, file), 'utf8')).not.toMatch(
      /@aws-sdk|process\.env|Date\.now|new Date\(\)|Math\.random/,
    );
  }
});

it("only runs with the caller's own credentials are without floors", () => {
  const deployed = ['functions', 'steps', 'store', 'infra', 'kinds', 'aws', 'statemachine'];
  const without = deployed
    .flatMap((folder) => sourcesOf(folder))
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('noFloors'));
  expect(without).toEqual([]);
});
