import type { Gap } from '../../../core/summary/summary.ts';
import { renderText } from '../../../report/message/text.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { stepsForCoverage } from '../../../report/what-to-do/coverage-steps.ts';
import { aGap } from '../../support/summaries/gaps.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const denied = {
  ...{ code: 'UnauthorizedOperation', operation: 'ec2:DescribeImages' },
  message: 'You are not authorized to perform this operation.',
};
const ofSource = { ...denied, source: 'amis' };

function gapOf(given: Partial<Gap>) {
  const gap = { ...aGap('ACCESS_DENIED'), failure: ofSource, ...given };
  const summary = completeReport();
  const { complete } = summary.coverage;
  const coverage = { ...summary.coverage, gaps: [gap], inScope: complete + 1 };
  return {
    ...{ ...summary, status: 'PARTIAL' as const, coverage },
    skippableSources: ['amis', 'launch-templates', 'amis'],
  };
}

describe('a denied listing of AMIs', () => {
  const forSnapshots = gapOf({
    missingKinds: ['ebs-snapshot'],
    kindFailures: { 'ebs-snapshot': ofSource },
  });
  const forAmisToo = gapOf({
    missingKinds: ['ebs-snapshot', 'ami'],
    kindFailures: { 'ebs-snapshot': ofSource, ami: denied },
    otherFailures: [denied],
  });

  it('names the action that the role lacks, before the retry, in the message, too', () => {
    const text = renderText(forAmisToo).body.replace(/\s+/g, ' ');
    expect(text).toMatch(
      /Roll out the discovery role again: it lacks ec2:DescribeImages for snapshots and amis, in .*Then retry only/,
    );
    const [cure, retry] = stepsForCoverage(forAmisToo);
    expect([cure?.staysIfRoom, retry?.staysInMessage]).toEqual([true, true]);
  });

  it('of what one kind alone lacks, names each action', () => {
    const others = ['a:One', 'b:Two'].map((operation) => ({ ...denied, operation, source: 'x' }));
    const of = { missingKinds: ['ami'], kindFailures: { ami: ofSource }, otherFailures: others };
    const [cure] = stepsForCoverage(gapOf(of));
    expect(cure?.what).toMatch(
      /lacks ec2:DescribeImages for amis, a:One for amis, 1 other permission, in/,
    );
  });

  it('names the action, too, where it is the only kind', () => {
    const [cure] = stepsForCoverage(gapOf({}));
    expect(cure?.what).toMatch(/^Give the discovery role ec2:DescribeImages, which orgsweep needs/);
  });

  it('can be left out for what only takes AMIs for users, which says what that gives up', () => {
    const [, , skip, ...others] = stepsForCoverage(forSnapshots);
    expect(skip?.what).toBe('Or retry without amis (policy.skipReferences).');
    expect(skip?.why).toContain('gives up what they protect: a snapshot that');
    expect(skip?.staysInMessage).toBeUndefined();
    expect(others).toEqual([]);
  });

  it('can not be left out where AMIs themselves are looked for', () => {
    expect(JSON.stringify(nextSteps(forAmisToo))).not.toContain('skipReferences');
  });
});
