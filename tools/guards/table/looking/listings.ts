import type { Guard } from '../../guard.ts';

const LISTS = ['discover'];

/** A listing that didn't come to its end is never taken for one that did. */
export const LISTINGS: readonly Guard[] = [
  {
    name: 'store-page-without-its-bucket',
    promise: 2,
    keeps: "a proxy's page with status 200 is read as a store without files",
    in: 'makeS3Store',
    find: 'if (page.Name === undefined)',
    replace: 'if (page.Name === "")',
    tests: ['others-answers'],
    title: 'no empty listing',
  },
  {
    name: 'page-without-list',
    promise: 1,
    keeps: "an answer that isn't AWS's is read as an empty listing",
    in: 'itemsOfPages',
    find: 'if (items === undefined) throw brokenListing(operation, WITHOUT_ITS_LIST);',
    replace: 'if (items === undefined) return;',
    tests: LISTS,
  },
  {
    name: 'repeated-token',
    promise: 1,
    keeps: 'a listing that goes in circles is taken for a complete one',
    in: 'itemsOfPages',
    find: "throw brokenListing(operation, 'a NextToken came a second time');",
    replace: 'return;',
    tests: LISTS,
  },
  {
    name: 'item-without-id',
    promise: 1,
    keeps: 'a reference nobody can tell the target of is dropped',
    in: 'idOf',
    find: "if (id === undefined) throw brokenListing(operation, 'an item came without its id'); return id;",
    replace: "return id ?? '';",
    tests: LISTS,
  },
  {
    name: 'no-region-at-all',
    promise: 2,
    keeps: 'an account whose Regions were answered with nothing is complete without a target',
    in: 'listRegions',
    find: 'if (!Regions?.length) throw',
    replace: 'if (Regions === null) throw',
    tests: ['regions'],
  },
  {
    name: 'unknown-opt-in-status',
    promise: 2,
    keeps: 'a Region with an opt-in status that AWS adds one day is left out without a word',
    in: 'listRegions',
    find: 'enabled: OptInStatus !== NOT_ENABLED,',
    replace: "enabled: ['opted-in', 'opt-in-not-required'].includes(OptInStatus),",
    tests: ['regions'],
  },
  {
    name: 'retired-account-status',
    promise: 2,
    keeps: 'accounts go missing since AWS retired `Status`',
    in: 'toOrgAccount',
    find: "state: State ?? Status ?? 'UNKNOWN',",
    replace: "state: Status ?? 'UNKNOWN',",
    tests: ['organizations'],
  },
  {
    name: 'throttled-source',
    promise: 2,
    keeps:
      'a throttled reference source settles a target as seen, though waiting would have helped',
    in: 'discoverTarget',
    find: 'refuseThrottled(failures);',
    replace: '',
    tests: ['earlier-attempts'],
    title: 'throttled for a while',
  },
];
