import type { Source } from '../../kinds/listings/listing.ts';
import { faultsOfAsks } from './asks-contract.ts';

const asks = { from: 'ORGANIZATION' as const, sources: ['lights'], of: () => [] };

function sourceOf(reach: 'regional' | 'global', crossesAccounts = true): Source<unknown> {
  return {
    ...{ name: 'lights', skippable: false, crossesAccounts, take: () => null },
    listing: {
      name: 'lights',
      reach,
      iam: [],
      cost: '1 call',
      list: () => (async function* () {})(),
    },
  };
}

it.each([
  ['a regional kind with a regional source', 'regional', [sourceOf('regional')], []],
  ['a global kind with a global source', 'global', [sourceOf('global')], []],
  [
    'a global kind with a regional source',
    'global',
    [sourceOf('regional')],
    ['lights is read in one Region of many'],
  ],
  [
    'a kind that asks for a source which crosses no accounts',
    'regional',
    [sourceOf('regional', false)],
    [],
  ],
  [
    'a kind that asks for what it does not read',
    'regional',
    [],
    ['it asks for lights, which nobody hands on'],
  ],
] as const)('%s', (_, reach, reads, faults) => {
  expect(faultsOfAsks({ reach, reads, asks })).toEqual(faults);
});
