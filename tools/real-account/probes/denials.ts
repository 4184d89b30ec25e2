import { DescribeAccountLimitsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeAccountAttributesCommand } from '@aws-sdk/client-ec2';
import { ListAccountSettingsCommand } from '@aws-sdk/client-ecs';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { ListGatewaysCommand } from '@aws-sdk/client-storage-gateway';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { answeredInWords } from '../../../core/outcome/answered.ts';
import { classifyFailure } from '../../../core/outcome/failure-class.ts';
import { ECS } from '../../../kinds/ebs-snapshot/sources/ecs-services.ts';
import { STORAGE_GATEWAY } from '../../../kinds/ebs-snapshot/sources/storage-gateway-volumes.ts';
import { AUTO_SCALING } from '../../../kinds/listings/launch-configurations.ts';
import { differs, notSettled, type Probe, same } from '../probe.ts';
import { saysWhatItThinks } from '../refusals.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Reads that orgsweep has no use for: the policy of docs/real-account.md denies them. */
const DENIED: Readonly<Record<string, (sandbox: Sandbox) => Promise<unknown>>> = {
  'autoscaling:DescribeAccountLimits': async ({ reading }) =>
    reading.of(AUTO_SCALING).send(new DescribeAccountLimitsCommand({})),
  'ec2:DescribeAccountAttributes': async ({ reading }) =>
    reading.ec2.send(new DescribeAccountAttributesCommand({})),
  'ecs:ListAccountSettings': async ({ reading }) =>
    reading.of(ECS).send(new ListAccountSettingsCommand({})),
  'ssm:DescribeParameters': async ({ hub }) => hub.ssm.send(new DescribeParametersCommand({})),
  'storagegateway:ListGateways': async ({ reading }) =>
    reading.of(STORAGE_GATEWAY).send(new ListGatewaysCommand({})),
};

export const DENIED_ACTIONS: readonly string[] = Object.keys(DENIED);

/** How each service says no. */
export const DENIAL_PROBES: readonly Probe[] = Object.entries(DENIED).map(([action, send]) => ({
  name: `denied-${action.split(':')[0] ?? action}`,
  fact: `Where a policy denies ${action}, the code is one that orgsweep reads as a denial.`,
  ofAll:
    "Where a policy denies a call, each service's code is one that orgsweep reads as a denial.",
  assumedIn: 'core/outcome/failure-class.ts',
  otherwise: 'A denied listing would be told as FAILED, with steps that lead nowhere.',
  matters: 'WORDS',
  sends: 'READS',
  costUsd: 0,
  iam: [],
  expected: 'AccessDenied, AccessDeniedException or UnauthorizedOperation',
  run: async (sandbox) => {
    try {
      await send(sandbox);
    } catch (error) {
      const failure = toAwsFailure(error);
      if (classifyFailure(failure) === 'DENIED') return same(answeredInWords(failure));
      if (saysWhatItThinks(failure)) return differs(answeredInWords(failure));
      throw error;
    }
    return notSettled(
      `the credentials may send ${action}: use those of the policy in docs/real-account.md`,
    );
  },
}));
