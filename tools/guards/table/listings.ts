import type { Guard } from '../guard.ts';

const LISTS = ['test/kinds/ebs-snapshot/discover.test.ts'];

/** A listing that didn't come to its end is never taken for one that did. */
export const LISTINGS: readonly Guard[] = [
  {
    name: 'store-page-without-its-bucket',
    promise: 2,
    keeps: "a proxy's page with status 200 is read as a store without files",
    file: 'store/s3-store.ts',
    find: 'if (page.Name === undefined)',
    replace: 'if (page.Name === "")',
    tests: ['test/aws/answers/others-answers.test.ts'],
    title: 'no empty listing',
  },
  {
    name: 'page-without-list',
    promise: 1,
    keeps: "an answer that isn't AWS's is read as an empty listing",
    file: 'aws/answers/pages.ts',
    find: 'if (items === undefined) throw brokenListing(operation, WITHOUT_ITS_LIST);',
    replace: 'if (items === undefined) return;',
    tests: LISTS,
  },
  {
    name: 'repeated-token',
    promise: 1,
    keeps: 'a listing that goes in circles is taken for a complete one',
    file: 'aws/answers/pages.ts',
    find: "throw brokenListing(operation, 'a NextToken came a second time');",
    replace: 'return;',
    tests: LISTS,
  },
  {
    name: 'item-without-id',
    promise: 1,
    keeps: 'a reference nobody can tell the target of is dropped',
    file: 'aws/answers/pages.ts',
    find: "if (id === undefined) throw brokenListing(operation, 'an item came without its id');\n  return id;",
    replace: "return id ?? '';",
    tests: LISTS,
  },
  {
    name: 'no-region-at-all',
    promise: 2,
    keeps: 'an account whose Regions were answered with nothing is complete without a target',
    file: 'aws/services/regions.ts',
    find: 'if (!Regions?.length) throw',
    replace: 'if (Regions === null) throw',
    tests: ['test/aws/services/regions.test.ts'],
  },
  {
    name: 'unknown-opt-in-status',
    promise: 2,
    keeps: 'a Region with an opt-in status that AWS adds one day is left out without a word',
    file: 'aws/services/regions.ts',
    find: 'enabled: OptInStatus !== NOT_ENABLED,',
    replace: "enabled: ['opted-in', 'opt-in-not-required'].includes(OptInStatus),",
    tests: ['test/aws/services/regions.test.ts'],
  },
  {
    name: 'retired-account-status',
    promise: 2,
    keeps: 'accounts go missing since AWS retired `Status`',
    file: 'aws/services/organizations.ts',
    find: "state: State ?? Status ?? 'UNKNOWN',",
    replace: "state: Status ?? 'UNKNOWN',",
    tests: ['test/aws/services/organizations.test.ts'],
  },
  {
    name: 'throttled-source',
    promise: 2,
    keeps:
      'a throttled reference source settles a target as seen, though waiting would have helped',
    file: 'steps/discover/discover-target.ts',
    find: 'refuseThrottled(incomplete);',
    replace: '',
    tests: ['test/end-to-end/removing/earlier-attempts.test.ts'],
    title: 'throttled for a while',
  },
];
