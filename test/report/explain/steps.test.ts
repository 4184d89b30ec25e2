import { whyOf } from '../../../report/explain/why.ts';
import { aRemoval, NOW } from '../../support/summaries/builders.ts';

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
    /One step of its removal was taken \(archive\) on .*2026.* The next may follow from .* on\./,
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
