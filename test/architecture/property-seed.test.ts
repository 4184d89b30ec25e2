import fc from 'fast-check';

it('properties are tried from the seed of the run, so that a commit is tried alike everywhere', () => {
  expect(Number(process.env.ORGSWEEP_PROPERTY_SEED)).toBeGreaterThan(0);
  expect(fc.readConfigureGlobal().seed).toBe(Number(process.env.ORGSWEEP_PROPERTY_SEED));
});
