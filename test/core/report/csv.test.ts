import { CSV_HEADER, csvLine } from '../../../core/report/csv.ts';
import { aFinding } from '../../support/builders.ts';

describe('findings.csv', () => {
  it('has one column for each field of a finding, and lines that end as RFC 4180 says', () => {
    expect(CSV_HEADER).toBe(
      'kind,accountId,region,resourceId,verdict,reasons,evidence,startedAt,ageDays,sizeGiB,monthlyCostUsdUpTo,tags\r',
    );
    expect(CSV_HEADER.trimEnd().split(',')).toEqual(Object.keys(aFinding()));
  });

  it('writes reasons with spaces, evidence and tags as JSON, and nothing for what is not known', () => {
    const finding = aFinding({
      reasons: ['LOCKED', 'TOO_YOUNG'],
      evidence: { volumeId: 'vol-1' },
      monthlyCostUsdUpTo: null,
      tags: { Name: 'a "b"' },
    });
    expect(csvLine(finding)).toBe(
      'ebs-snapshot,111122223333,eu-west-1,snap-1,STALE,LOCKED TOO_YOUNG,"{""volumeId"":""vol-1""}",2026-08-13T06:00:00.000Z,100,8,,"{""Name"":""a \\""b\\""""}"\r',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'])(
    'lets no spreadsheet run text as a formula: %j',
    (resourceId) => {
      const cell = csvLine(aFinding({ resourceId })).split(',')[3];
      expect(cell?.replaceAll('"', '')).toBe(`'${resourceId}`);
    },
  );

  it('is read by a spreadsheet as it was written, commas, quotes and line breaks included', () => {
    const tags = { Name: 'a, "b"\r\nc', note: "'=1", 漢: '' };
    const description = 'line 1\nline 2, "quoted"';
    const finding = aFinding({ tags, evidence: { description } });
    const [header = [], row = [], ...others] = parseCsv(`${CSV_HEADER}\n${csvLine(finding)}\n`);
    expect(others).toEqual([]);
    const cells = Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']));
    expect(JSON.parse(cells['tags'] ?? '')).toEqual(tags);
    expect(JSON.parse(cells['evidence'] ?? '')).toEqual({ description });
    expect(row).toHaveLength(header.length);
  });

  it('leaves numbers numbers, negative ones too', () => {
    expect(
      csvLine(aFinding({ ageDays: -1, sizeGiB: 0.5 }))
        .split(',')
        .slice(8, 10),
    ).toEqual(['-1', '0.5']);
  });
});

/** Reads CSV as RFC 4180 describes it: quoted fields may hold commas, line breaks and `""`. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
