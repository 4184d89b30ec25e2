import { namesOfParents, unitsOnPath } from '../../../core/scope/organizational-units.ts';

const at = (...units: string[]) => ({
  path: `${['o-a1b2', 'r-ab12', ...units, '111122223333'].join('/')}/`,
});
const names = new Map([
  ['ou-1', 'Workloads'],
  ['ou-2', 'Prod'],
  ['ou-4', 'Blue / Green'],
]);

describe('the organizational units on the path of an account', () => {
  it('begin with the root, and end with the one it is directly in', () =>
    expect(unitsOnPath(at('ou-1', 'ou-2').path)).toEqual(['r-ab12', 'ou-1', 'ou-2']));

  it('are none where Organizations does not say', () => expect(unitsOnPath(null)).toEqual([]));
});

describe('the names of the units that accounts are directly in', () => {
  it('say what they are in, from the root down', () =>
    expect(namesOfParents([at('ou-1', 'ou-2'), at('ou-1'), { path: null }], names)).toEqual({
      'ou-1': 'Workloads',
      'ou-2': 'Workloads / Prod',
    }));

  it('call the root by that name', () =>
    expect(namesOfParents([at()], new Map())).toEqual({ 'r-ab12': 'Root' }));

  it('show that a unit above is not known, and leave out one that is not known itself', () =>
    expect(namesOfParents([at('ou-1', 'ou-3', 'ou-4'), at('ou-1', 'ou-3')], names)).toEqual({
      'ou-4': 'Workloads / … / Blue / Green',
    }));
});
