import { AwsSolutionsChecks } from 'cdk-nag';
import { synthHub } from '../../support/hub/synth-hub.ts';

it('has no finding of cdk-nag AwsSolutions but those acknowledged beside their resource', () => {
  const { app } = synthHub({
    deletion: { enabled: true },
    notifications: {
      slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
      teams: {
        tenantId: '12345678-90ab-cdef-1234-567890abcdef',
        teamId: '12345678-90ab-cdef-1234-567890abcdef',
        channelId: '19%3Aab12cd34%40thread.tacv2',
      },
    },
  });
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  expect(
    violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  ).toEqual([]);
});
