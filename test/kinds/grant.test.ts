import { type Grant, type Granted, sessionActions } from '../../kinds/grant.ts';

/** An archive that is taken back, and a deletion that nothing brings back. */
function kindWith(restore: readonly Grant[]): Granted {
  const fence = { by: 'MARKER' } as const;
  return {
    ...{ kind: 'made-up', iam: { discover: [], remove: [], restore }, managerTagKeys: [] },
    removal: { steps: ['archive', 'delete'].map((name) => ({ name, fence })) },
  };
}

const LOOK: Grant = { does: 'READ', actions: ['x:DescribeThings'], steps: ['archive'] };
const BACK: Grant = {
  does: 'BRING_BACK',
  actions: ['x:Take'],
  resource: 'x:*',
  steps: ['archive'],
};

it('a restore of what nothing brings back may look at what its kind looks at, and change nothing', () => {
  expect(sessionActions([kindWith([LOOK, BACK])]).restore).toEqual({
    'made-up': {
      archive: { actions: ['x:DescribeThings', 'x:Take'] },
      delete: { actions: ['x:DescribeThings'] },
    },
  });
});

it('a restore of a kind that has no way back at all has a session that may do nothing', () => {
  const actions = ['sts:GetCallerIdentity'];
  expect(sessionActions([kindWith([])]).restore).toEqual({
    'made-up': { archive: { actions }, delete: { actions } },
  });
});

it('no step of a kind that is only reported has a session', () => {
  const { removal: _, ...reported } = kindWith([LOOK]);
  expect(sessionActions([reported])).toMatchObject({ remove: {}, restore: {} });
  expect(sessionActions([kindWith([])]).remove).toEqual({});
});
