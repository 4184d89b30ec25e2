import { readFileSync } from 'node:fs';
import path from 'node:path';
import { arrowsIn, importsOf, root, ROOMS, sourcesOf } from '../support/imports.ts';
import { ARROWS } from './arrows.ts';

const CDK = /['"](aws-cdk-lib|constructs|cdk-nag)(\/[^'"]*)?['"]/;

describe.each(Object.entries(ARROWS))('in "%s",', (folder, table) => {
  const isPart = (part: string) => part in table;
  const partOf = (below: string) => (below.includes('/') ? (below.split('/')[0] ?? '') : '.');
  const files = folder === '' ? ROOMS.flatMap(sourcesOf) : sourcesOf(folder);
  const arrows = arrowsIn(folder, files, partOf);

  it('each part is in the table of arrows', () => {
    const parts = new Set(files.map((file) => partOf(path.relative(folder, file))));
    expect([...parts].filter((part) => !isPart(part))).toEqual([]);
    expect(Object.keys(table).filter((part) => !parts.has(part))).toEqual([]);
  });

  it('imports go the way of the arrows', () => {
    const strays = arrows.filter(({ from, to }) => !table[from]?.includes(to));
    expect(strays.map(({ because }) => because)).toEqual([]);
  });

  it('each arrow of the table is one that is there', () => {
    const unused = Object.entries(table).flatMap(([from, allowed]) =>
      allowed
        .filter((to) => !arrows.some((arrow) => arrow.from === from && arrow.to === to))
        .map((to) => `${from} imports nothing from ${to}`),
    );
    expect(unused).toEqual([]);
  });
});

/** Not in the package; it goes by what runs, and by what the command line reads of its caller. */
it('looks at a real account without the simulation, and without what is deployed', () => {
  const strays = sourcesOf('tools/real-account')
    .flatMap((file) => importsOf(file))
    .filter((imported) => /^(simulation|functions|infra|steps)\//.test(imported));
  expect(strays).toEqual([]);
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

/** Of these, the command line and the package have no more than what runs. */
const RUNNING = ROOMS.filter((room) => !['infra', 'docs', 'tools'].includes(room));

it.each([...RUNNING, 'tools/real-account'])(
  '%s runs without the CDK and what is deployed with it',
  (folder) => {
    for (const file of sourcesOf(folder)) {
      expect(readFileSync(path.join(root, file), 'utf8')).not.toMatch(CDK);
      const fromInfra = importsOf(file).filter((imported) => imported.startsWith('infra/'));
      const mayBe = folder === 'local' ? OF_A_CONFIGURATION : [];
      expect(fromInfra.filter((imported) => !mayBe.includes(imported))).toEqual([]);
    }
  },
);

it('lets nothing ask for prices but the command that updates them, and what tries that', () => {
  const asking = ROOMS.flatMap(sourcesOf).filter((file) =>
    /@aws-sdk\/client-pricing|\/services\/price-list\.ts'/.test(
      readFileSync(path.join(root, file), 'utf8'),
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

it('gives every step its kinds: none of them, and no kind, knows which there are', () => {
  const knowing = ['core', 'kinds', 'report', 'steps', 'store', 'aws']
    .flatMap(sourcesOf)
    .filter((file) => importsOf(file).includes('kinds/registry.ts'));
  expect(knowing).toEqual([]);
});

it("only runs with the caller's own credentials are without floors", () => {
  const deployed = ['functions', 'steps', 'store', 'infra', 'kinds', 'aws', 'statemachine'];
  const without = deployed
    .flatMap((folder) => sourcesOf(folder))
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('noFloors'));
  expect(without).toEqual([]);
});
