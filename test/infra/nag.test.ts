import { AwsSolutionsChecks } from 'cdk-nag';
import { synthHub } from '../support/synth-hub.ts';

it('has no finding of cdk-nag AwsSolutions but those acknowledged beside their resource', () => {
  const { app } = synthHub({
    deletion: { enabled: true },
    notifications: { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } },
  });
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  expect(
    violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  ).toEqual([]);
});
