import type { Guard } from '../../guard.ts';

const ITEM = ['price-list-item'];
const TABLE = ['table-of-offers'];
const COMMAND = ['commands/prices'];

/** Amounts that people decide by. */
export const PRICES: readonly Guard[] = [
  {
    name: 'no-price-of-nothing',
    promise: 6,
    keeps: 'a price list with 0 for a Region tells a lead that nothing is to be saved there',
    in: 'refuseUnbelievable',
    find: 'if (usd <= 0) return `${name} is ${usd}`;',
    replace: 'if (usd <= 0) return [];',
    tests: TABLE,
  },
  {
    name: 'no-price-far-from-all-others',
    promise: 6,
    keeps: 'a misplaced decimal point in a price list multiplies all amounts by ten',
    in: 'refuseUnbelievable',
    find: 'if (times >= LEAST - NOISE && times <= MOST + NOISE) return [];',
    replace: 'if (times > 0) return [];',
    tests: TABLE,
  },
  {
    name: 'no-region-loses-its-price',
    promise: 6,
    keeps:
      'a price list that broke off takes away prices that were known, and with them the amounts',
    in: 'refuseUnbelievable',
    find: '...missing.map((one) => `${nameOf(one)} is missing, and had a price before`),',
    replace: '',
    tests: TABLE,
  },
  {
    name: 'no-price-chosen-from-two',
    promise: 6,
    keeps: 'of two prices for one thing the wrong one is taken',
    in: 'tableOfOffers',
    find: 'before !== undefined && before.usd !== offer.usd',
    replace: 'before !== undefined && before.usd > 1e9 * offer.usd',
    tests: TABLE,
  },
  {
    name: 'no-price-of-a-local-zone',
    promise: 6,
    keeps: 'a Local Zone, which has the code of its Region, gives the Region its price',
    in: 'readOffer',
    find: "figure === undefined || locationType !== 'AWS Region'",
    replace: 'figure === undefined',
    tests: ITEM,
  },
  {
    name: 'free-allowance-is-no-price',
    promise: 6,
    keeps: 'the tier that is free is taken for the price',
    in: 'onePrice',
    find: 'firstPaid === -1 ? all : all.slice(firstPaid)',
    replace: 'all.slice(0, 1)',
    tests: ITEM,
  },
  {
    name: 'old-prices-stay-where-new-ones-are-wrong',
    promise: 6,
    keeps: 'prices that nobody believes are written over those that held',
    in: 'updatePrices',
    find: 'refuseUnbelievable(prices, isFromPriceList(before) ? before : BUILT_IN_PRICES);',
    replace: '',
    tests: COMMAND,
    title: 'not believed',
  },
  {
    name: 'prices-written-meanwhile-stay',
    promise: 6,
    keeps: 'of two who write prices at once one loses theirs and nobody says so',
    in: 'updatePrices',
    find: 'await store.put(PRICES_KEY, body, version === undefined ? { absent: true } : { version });',
    replace: 'await store.put(PRICES_KEY, body);',
    tests: COMMAND,
    title: 'at the same time',
  },
  {
    name: 'own-prices-stay-unless-agreed',
    promise: 6,
    keeps: 'an update takes the discounts away that somebody wrote into prices.json',
    in: 'updatePrices',
    find: 'if (isSomebodys && !(await mayReplace(args, terminal, failure ?? before.source))) return 0;',
    replace: '',
    tests: COMMAND,
    title: 'asks before it replaces',
  },
  {
    name: 'standard-gib-priced-everywhere',
    promise: 6,
    keeps: 'a Region whose prices do not ship shows no money to a lead whose storage is all there',
    in: 'PER_GIB_MONTH',
    find: "['eu-west-1 eu-south-2', 0.05,",
    replace: "['eu-south-2', 0.05,",
    tests: ['built-in'],
  },
];
