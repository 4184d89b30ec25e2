import { boundsOfBundles } from '../../../tools/bench/bundles.ts';

const small = { name: 'Plan' as const, bytes: 2_000_000, gzippedBytes: 500_000 };

it('bounds the largest bundle and the package', () => {
  expect(boundsOfBundles([small], 7_000_000).every(({ ok }) => ok)).toBe(true);
});

it.each([
  ['a bundle', [{ ...small, bytes: 2_200_001 }, small], 7_000_000, 'largest bundle, bytes'],
  ['one gzipped', [small, { ...small, gzippedBytes: 600_001 }], 7_000_000, 'gzipped bytes'],
  ['the package', [small], 7_500_001, 'package, packed bytes'],
])('tells of %s that is too large', (_, functions, packedBytes, name) => {
  const broken = boundsOfBundles(functions, packedBytes).filter(({ ok }) => !ok);
  expect(broken).toEqual([expect.objectContaining({ name: expect.stringContaining(name) })]);
});
