import fc from 'fast-check';
import { CSV_HEADER, csvLine } from '../../../../report/page/findings/csv/of-finding.ts';
import type { Finding } from '../../../../core/model/verdict.ts';
import { inWordsOf } from '../../../../kinds/in-words.ts';
import { KINDS } from '../../../../kinds/registry.ts';
import { aFinding } from '../../../support/summaries/builders.ts';
import { anyCharacter } from '../../../support/summaries/any-character.ts';

const inWords = inWordsOf(KINDS);
const lineOf = (finding: Finding, accountName?: string) =>
  csvLine(finding, { accountName, inWords: inWords(finding), fate: null });

/** The one line's cells by their columns' names, as a reader of RFC 4180 sees them. */
function read(finding: Finding, accountName?: string): Record<string, string> {
  const [header = [], row = [], ...others] = parseCsv(
    `${CSV_HEADER}\n${lineOf(finding, accountName)}\n`,
  );
  expect(others).toEqual([]);
  expect(row).toHaveLength(header.length);
  return Object.fromEntries(header.map((name, i) => [name.replace('\ufeff', ''), row[i] ?? '']));
}

describe('findings.csv', () => {
  it('begins with a byte order mark and a column for each field of a finding, others after them', () => {
    expect(CSV_HEADER).toBe(
      '\ufeffkind,accountId,region,resourceId,verdict,reasons,evidence,startedAt,ageDays,sizeGiB,monthlyCostUsdUpTo,tags,accountName,sharesDataIn,freesUsdUpTo,organizationalUnit,whatHappens,heldBecause,unusedSince,deletableFrom,restorableUntil\r',
    );
    expect(CSV_HEADER.slice(1).split(',').slice(0, -9)).toEqual(Object.keys(aFinding()));
  });

  it('has the organizational unit by its path, else by its id, and runs none of it', () => {
    const unitOf = (path: string) =>
      csvLine(aFinding(), {
        accountName: 'prod',
        unit: { id: 'ou-ab12-1', path },
        inWords: [],
        fate: null,
      });
    expect(unitOf('Workloads / Prod')).toMatch(/,Workloads \/ Prod,,,,,\r$/);
    expect(unitOf('')).toMatch(/,ou-ab12-1,,,,,\r$/);
    expect(unitOf('=1+1')).toMatch(/,'=1\+1,,,,,\r$/);
  });

  it('has the evidence in words, times as spreadsheets know them, and nothing for what is not known', () => {
    const finding = aFinding({
      accountId: '001122223333',
      verdict: 'KEEP',
      reasons: ['LOCKED', 'TOO_YOUNG'],
      startedAt: '2026-08-13T06:00:00.123Z',
      monthlyCostUsdUpTo: null,
      tags: { Name: 'a "b"', team: 'shop' },
    });
    expect(lineOf(finding, 'prod')).toBe(
      'ebs-snapshot,0011-2222-3333,eu-west-1,snap-1,KEEP,"LOCKED; TOO_YOUNG","It is kept: it is locked; and at 100 days it is younger than the policy asks for.",2026-08-13 06:00:00,100,8,,"Name=a ""b""; team=shop",prod,,,,,,,,\r',
    );
    expect(read(aFinding({ startedAt: null }))['startedAt']).toBe('');
  });

  it('tells what a finding frees apart from its own cost', () => {
    const frees = [1, 2.5, null].map((monthlyCostUsdUpTo, at) => ({
      ...{ kind: 'ebs-snapshot', resourceId: `snap-${at}`, holders: ['ami-1'], monthlyCostUsdUpTo },
    }));
    const told = read(aFinding({ monthlyCostUsdUpTo: 0, frees }));
    expect([told['monthlyCostUsdUpTo'], told['freesUsdUpTo']]).toEqual(['0', '3.5']);
    const unpriced = frees.slice(2);
    expect(read(aFinding({ frees: unpriced }))['freesUsdUpTo']).toBe('');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r\n=1',
    '\u200b=1',
    '\u00a0=1',
    '  =1',
    '"=1',
    "'=1",
    '＝1',
    '＋1',
    '－1',
    '＠A1',
    '﹦1',
    '−1',
  ])('lets no spreadsheet run text as a formula: %j', (text) => {
    const cells = read(aFinding({ resourceId: text, tags: { [text]: 'x', b: 'y' } }), text);
    for (const column of ['resourceId', 'tags', 'accountName']) expect(cells[column]).toMatch(/^'/);
  });

  it('nor where another program separates at semicolons', () => {
    const { tags } = read(aFinding({ tags: { a: 'b', '=cmd': 'x' } }));
    expect(tags).toBe("a=b;' =cmd=x");
    const evidence = { description: 'x;=1+1;@y' };
    expect(read(aFinding({ evidence }))['evidence']).toContain('"x;\'=1+1;\'@y"');
  });

  it('leaves numbers numbers, negative ones too', () => {
    expect(read(aFinding({ ageDays: -1, sizeGiB: 0.5 }))).toMatchObject({
      ageDays: '-1',
      sizeGiB: '0.5',
    });
  });

  it('leaves the cell of what has no size empty', () => {
    expect(read(aFinding({ sizeGiB: null }))['sizeGiB']).toBe('');
  });

  it('has no cell that is too long for Excel, whatever the tags', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`${i}${'😀'.repeat(120)}`, '😀'.repeat(256)]),
    );
    const cell = read(aFinding({ tags }))['tags'] ?? '';
    expect(cell.length).toBeLessThan(32_767);
    expect(cell).toMatch(/😀\.\.\.$/u);
  });

  it('has the same columns in every row and no formula in any cell, whatever people wrote', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.stringMatching(/^[=+\-@＝＋－＠\s'";,\u200b]{0,4}.{0,9}$/u),
    );
    fc.assert(
      fc.property(fc.dictionary(text, text), text, text, (tags, name, description) => {
        const { ageDays, sizeGiB, ...cells } = read(
          aFinding({ tags, evidence: { volumeId: name, description } }),
          name,
        );
        expect([ageDays, sizeGiB]).toEqual(['100', '8']);
        for (const cell of Object.values(cells)) {
          for (const part of cell.split(';')) expect(part).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/u);
          expect(cell).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: 300 },
    );
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
