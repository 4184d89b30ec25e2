import { KINDS } from '../../../kinds/registry.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import { explain, type Mentions } from '../../../report/explain/explain.ts';
import { renderExplanation } from '../../../report/explain/text.ts';
import { whyOf } from '../../../report/explain/why.ts';
import {
  ACCOUNT,
  aFinding,
  aRemoval,
  daysBefore,
  NOW,
  REGION,
} from '../../support/summaries/builders.ts';

type Trace = Parameters<typeof whyOf>[0];

it('a step that is done is told with its name, its day, and when the next may follow', () => {
  const { kind, accountId, region, resourceId } = aRemoval();
  const removal = {
    ...{ kind, accountId, region, resourceId, reasons: [], sizeGiB: 8, monthlyCostUsdUpTo: null },
    ...{ outcome: 'STEP_DONE', intentAt: null, at: NOW.toISOString(), restorableUntil: null },
    ...{ step: 'archive', nextAt: '2026-12-21T06:00:00.000Z', undo: 'REVERSE' },
  };
  const none = { finding: null, target: null, plan: null, planned: null, held: null };
  const trace = { ...none, approval: null, removal, restores: [], unreadable: [] };
  expect(whyOf(trace as unknown as Trace, kind, {}).join(' ')).toMatch(
    /One step of its deletion was taken \(archive\) on .*2026.* The next may follow from .* on\./,
  );
});

it('what no bin has is told with its other way back', () => {
  const { kind, accountId, region, resourceId } = aRemoval();
  const told = (undo?: string) => {
    const removal = {
      ...{ kind, accountId, region, resourceId, reasons: [], sizeGiB: 8, monthlyCostUsdUpTo: null },
      ...{ outcome: 'REMOVED', intentAt: null, at: NOW.toISOString(), restorableUntil: null },
      ...(undo && { undo }),
    };
    const none = { finding: null, target: null, plan: null, planned: null, held: null };
    const trace = { ...none, approval: null, removal, restores: [], unreadable: [] };
    return whyOf(trace as unknown as Trace, kind, {}).join(' ');
  };
  expect(told('MADE')).toContain(
    'It can be made again from a copy, under a new id (orgsweep restore).',
  );
  expect(told('MADE')).not.toContain('known to be in the Recycle Bin');
  for (const undo of [undefined, 'NONE'])
    expect(told(undo)).toContain('It is not known to be in the Recycle Bin.');
});

/** What a person can do about an AMI with this verdict, where later runs did not list it. */
function toDoFor(
  verdict: 'STALE' | 'KEEP' | 'UNKNOWN',
  reasons: string[],
  later: readonly Partial<Mentions>[] = [],
): string {
  const ami = { kind: 'ami', accountId: ACCOUNT, region: REGION, resourceId: 'ami-1' };
  const mentions: Mentions = {
    ...{ executionId: 'e-1', mode: 'report', status: 'COMPLETE', startedAt: daysBefore(9) },
    ...{ approval: null, held: [], measured: [], unreadable: [], planFor: () => null },
    ...{ planned: [], removals: [], restores: [] },
    findings: [aFinding({ ...ami, verdict, reasons, evidence: {} })],
  };
  const words = wordsOf(KINDS);
  const all = [mentions, ...later.map((one) => ({ ...mentions, findings: [], ...one }))];
  const of = explain(ami, { mentions: all, targets: new Map(), stale: null, words });
  const text = renderExplanation(of, { now: NOW, words, inWords: () => [], commandFor: () => '' });
  return (/WHAT YOU CAN DO(.*?)WHAT EACH/s.exec(text)?.[1] ?? '').replace(/\s+/g, ' ');
}

it('of an unused AMI says how a person deregisters it, what becomes of its snapshots, and how to keep it', () => {
  const text = toDoFor('STALE', ['AMI_NOT_LAUNCHED_SINCE']);
  expect(text).toContain('orgsweep only reports AMIs: no run deletes one. If nobody needs it');
  expect(text).toContain(
    `aws ec2 deregister-image --profile ${ACCOUNT} --region ${REGION} --image-id ami-1`,
  );
  expect(text).toMatch(
    /Its snapshots stay, and are billed\. .*may be told as unused \(AMI_GONE\), if their description/,
  );
  expect(text).toContain('tag it orgsweep:protect');
  expect(text).not.toContain('Nothing');
  expect(toDoFor('STALE', ['AMI_FAILED'])).toContain('Nobody can use it.');
});

it.each([
  ['that was complete', { executionId: 'e-2', startedAt: daysBefore(2) }],
  ['that did not end', { executionId: 'e-2', startedAt: daysBefore(2), status: null }],
  ['that could not read it', { executionId: 'e-2', startedAt: daysBefore(2), unreadable: ['f'] }],
] as const)('of an AMI that a later run %s no longer lists, has no command', (_, later) => {
  const text = toDoFor('STALE', ['AMI_NOT_LAUNCHED_SINCE'], [later as Partial<Mentions>]);
  expect(text).not.toContain('deregister-image');
  expect(text).toContain(
    'Scan again before you deregister it: the newest run does not list it as unused.',
  );
});

it('of an AMI that is kept or unknown, nobody is told to deregister it', () => {
  for (const text of [
    toDoFor('KEEP', ['USED_BY_INSTANCE']),
    toDoFor('UNKNOWN', ['LAUNCHES_UNKNOWN']),
  ])
    expect(text).not.toContain('deregister');
});
