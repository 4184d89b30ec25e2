import { organizationOf } from '../../../core/scope/organization.ts';

const account = (over: object) => ({
  ...{ id: '111122223333', name: 'dev', state: 'ACTIVE', path: null },
  ...over,
});

it('knows an organization by its id and by the account that it is managed from', () => {
  const path = 'o-a1b2c3d4e5/r-ab12/111122223333/';
  const root = account({ name: 'acme', isManagementAccount: true });
  const told = { id: 'o-a1b2c3d4e5', managementAccountName: 'acme' };
  expect(organizationOf([account({ path }), root])).toEqual(told);
  expect(organizationOf([account({ path })])).toEqual({ id: 'o-a1b2c3d4e5' });
});

it('knows none where its accounts do not tell', () =>
  expect(organizationOf([account({}), account({ path: 'r-ab12/111122223333/' })])).toBeUndefined());
