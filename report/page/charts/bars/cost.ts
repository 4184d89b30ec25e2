import type { Summary } from '../../../../core/summary/summary.ts';
import type { Chart } from '../../markup/chart.ts';
import { costChart } from './cost-chart.ts';

export async function costByAccountChart(summary: Summary): Promise<Chart | null> {
  return costChart(summary, {
    id: 'cost-by-account',
    noun: ['account', 'accounts'],
    nameColumns: ['account', 'id'],
    named: 15,
    tellsAll: true,
    parts: Object.entries(summary.byAccount).map(([id, share]) => ({
      ...{ label: share.accountName ?? id, names: [share.accountName ?? '', id], share },
    })),
  });
}

/** Of the accounts directly in each unit. */
export async function costByUnitChart(summary: Summary): Promise<Chart | null> {
  return costChart(summary, {
    id: 'cost-by-organizational-unit',
    noun: ['organizational unit', 'organizational units'],
    nameColumns: ['organizational unit', 'id'],
    areLabelsPaths: true,
    named: 15,
    parts: Object.entries(summary.byOrganizationalUnit).map(([id, share]) => ({
      label: share.name ?? (id.startsWith('r-') ? `the root, ${id}` : id),
      names: [share.name ?? '', id],
      share,
    })),
  });
}

export async function costByRegionChart(summary: Summary): Promise<Chart | null> {
  return costChart(summary, {
    id: 'cost-by-region',
    noun: ['Region', 'Regions'],
    nameColumns: ['Region'],
    named: 20,
    parts: Object.entries(summary.byRegion).map(([region, share]) => ({
      ...{ label: region, names: [region], share },
    })),
  });
}
