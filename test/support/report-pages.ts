import type { Finding } from '../../core/model/verdict.ts';
import { dearestFirst } from '../../report/page/findings/best-findings.ts';
import type { Planned } from '../../report/page/findings/fate.ts';
import { rowAlone } from '../../report/page/findings/finding-row.ts';
import { inWordsOf } from '../../kinds/in-words.ts';
import { KINDS } from '../../kinds/registry.ts';
import { barTable } from '../../report/page/charts/bars/bar-table.ts';
import type { Chart } from '../../report/page/markup/chart.ts';
import { type ReportInput, renderReport } from '../../report/page/render-report.ts';
import { aFinding, daysBefore } from './summaries/builders.ts';
import { completeReport } from './summaries/summaries.ts';

const ACCOUNTS = [
  ['111122223333', 'shop-prod'],
  ['222222223333', 'shop-test'],
  ['333322223333', 'payments-prod'],
  ['444422223333', ''],
] as const;
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const KINDS_OF_FINDINGS = [
  ['STALE', ['VOLUME_MISSING']],
  ['STALE', ['VOLUME_NOT_ATTACHED']],
  ['UNKNOWN', ['REFERENCES_INCOMPLETE']],
  ['KEEP', ['LOCKED', 'PROTECTED_BY_TAG']],
] as const;

const A_CHART: Chart = {
  id: 'coverage',
  title: 'Coverage',
  description: 'Targets by how they ended.',
  body: barTable(
    'Coverage',
    ['Ended', 'Targets'],
    [{ color: 'c-complete', rows: [{ name: 'complete', share: 1, figures: ['12'] }] }],
  ),
};

/** As many as wanted, in the page's order, no two with the same id. */
export function someFindings(count: number): Finding[] {
  return Array.from({ length: count }, (_, i) => {
    const [verdict, reasons] = KINDS_OF_FINDINGS[i % 4] ?? KINDS_OF_FINDINGS[0];
    const volumeId = `vol-${String(i % 977).padStart(17, '0')}`;
    const ageDays = i % 50 === 49 ? null : 30 + ((i * 7919) % 3000);
    return aFinding({
      ...{ verdict, reasons: [...reasons], ageDays },
      accountId: ACCOUNTS[i % 3]?.[0] ?? '',
      region: REGIONS[(i * 7) % 3] ?? '',
      resourceId: `snap-${((i * 2654435761) % 2 ** 32).toString(16).padStart(17, '0')}`,
      evidence: { volumeId, volumeState: null, description: `copy-${i}-of-night`, encrypted: true },
      startedAt: ageDays === null ? null : daysBefore(ageDays),
      sizeGiB: 1 + ((i * 104729) % 4000),
      monthlyCostUsdUpTo: i % 10 === 9 ? null : ((i * 104729) % 4000) / 20,
      tags: { Name: `data-${i % 500}`, team: `team-${i % 40}` },
    });
  }).toSorted(dearestFirst);
}

interface GivenReport extends Partial<Omit<ReportInput, 'findings' | 'plannedFor'>> {
  readonly findings: readonly Finding[];
  readonly plannedFor?: (finding: Finding) => Planned | undefined;
  readonly accountNames?: ReadonlyMap<string, string>;
  readonly inWords?: (finding: Finding) => readonly string[];
}

/** A page as an execution leaves it. */
export function aReport({ findings, ...given }: GivenReport): string {
  const { accountNames = new Map(ACCOUNTS), inWords = inWordsOf(KINDS), plannedFor, ...of } = given;
  const rows = new Map(
    findings.map((finding) => {
      const accountName = accountNames.get(finding.accountId);
      return [rowAlone(finding, { accountName, words: inWords(finding) }), finding] as const;
    }),
  );
  return renderReport({
    summary: completeReport(),
    charts: [A_CHART],
    findings: rows.keys(),
    findingsInAll: findings.length,
    removals: [],
    plannedFor: (row) => plannedFor?.(rows.get(row)!),
    ...of,
  });
}
