import { accountChoices } from '../../../../report/page/browser/filters/account-choices.ts';

const row = (accountId: string, accountName: string) => ({ accountId, accountName });
const rows = [
  row('333322223333', 'shop'),
  row('111122223333', 'Data'),
  row('222222223333', ''),
  row('222222223333', ''),
  row('333322223333', 'shop'),
];

it('names each account once, in the order of the names', () =>
  expect(accountChoices(rows)).toEqual({
    choices: [
      ['222222223333', '222222223333'],
      ['111122223333', 'Data (111122223333)'],
      ['333322223333', 'shop (333322223333)'],
    ],
    others: undefined,
  }));

it('of very many, names those with most findings, and says how many there are besides', () =>
  expect(accountChoices(rows, 2)).toEqual({
    choices: [
      ['222222223333', '222222223333'],
      ['333322223333', 'shop (333322223333)'],
    ],
    others: '1 account with fewer findings: use the search',
  }));
