import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { BestFindings, dearestFirst } from '../../../../report/page/findings/best-findings.ts';
import { FATE_WORDS, type FateCode } from '../../../../report/page/findings/fate-words.ts';
import type { FindingRow } from '../../../../report/page/findings/finding-row.ts';
import { decodeFindings, encodeFindings } from '../../../../report/page/findings/findings-data.ts';
import { aFinding } from '../../../support/summaries/builders.ts';

const texts = fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 });
const row: fc.Arbitrary<FindingRow> = fc.record(
  {
    verdict: fc.constantFrom('STALE', 'UNKNOWN', 'KEEP'),
    kind: fc.string({ maxLength: 3 }),
    reasons: texts,
    resourceId: fc.string({ maxLength: 3 }),
    accountId: fc.string({ maxLength: 3 }),
    accountName: fc.string({ maxLength: 3 }),
    unitId: fc.string({ maxLength: 3 }),
    unitPath: fc.string({ maxLength: 3 }),
    sharesWith: fc.string({ maxLength: 3 }),
    region: fc.constantFrom('eu-west-1', '__proto__'),
    startedAtSeconds: fc.option(fc.nat()),
    ageDays: fc.option(fc.nat()),
    sizeGiB: fc.option(fc.nat()),
    usdUpTo: fc.option(fc.nat()),
    freed: fc.option(fc.nat()),
    name: fc.string({ maxLength: 3 }),
    tags: fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }))),
    tagsLeftOut: fc.nat(50),
    words: texts,
    fate: fc.record(
      {
        codes: fc.subarray(Object.keys(FATE_WORDS) as FateCode[]),
        ...{ short: fc.string(), words: fc.string(), said: fc.string() },
        from: fc.constantFrom('', '2026-12-09'),
        since: fc.constantFrom('', '2026-12-09'),
        until: fc.constantFrom('', '2026-12-09'),
      },
      { noNullPrototype: true },
    ),
  },
  { noNullPrototype: true },
);

it('brings every finding through the page as it was', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const travelled: unknown = JSON.parse(JSON.stringify(encodeFindings(rows, {})));
      expect(decodeFindings(travelled as ReturnType<typeof encodeFindings>)).toEqual(rows);
    }),
  );
});

const ranked = fc.record(
  {
    verdict: fc.constantFrom('STALE', 'UNKNOWN', 'KEEP'),
    monthlyCostUsdUpTo: fc.option(fc.nat(5)),
    sizeGiB: fc.option(fc.nat(5)),
  },
  { noNullPrototype: true },
);

it('keeps exactly the first, of however many in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(ranked, { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (all, most) => {
        const findings = all.map(
          (one, i) => aFinding({ ...one, resourceId: `snap-${i}` }) as never,
        );
        const best = new BestFindings({ most, mostBytes: 1_000_000 });
        for (const one of findings) best.add(one, () => (one as { resourceId: string }).resourceId);
        const wanted = (findings as Parameters<typeof dearestFirst>[0][]).toSorted(dearestFirst);
        expect([...best.lines()]).toEqual(
          wanted.slice(0, most).map(({ resourceId }) => resourceId),
        );
        expect(best.seen).toBe(all.length);
      },
    ),
  );
});

it('holds no more text than it may', () => {
  const best = new BestFindings({ most: 1000, mostBytes: 5000 });
  for (let i = 0; i < 500; i += 1)
    best.add(aFinding({ sizeGiB: i, resourceId: `snap-${i}` }), () => 'x'.repeat(100));
  expect([...best.lines()]).toHaveLength(50);
  expect(best.seen).toBe(500);
});

it('keeps nothing alive but what it keeps, of however large a file', () => {
  // 380 million characters as a store gives them, in a heap of 96 MiB.
  const program = `
    const { BestFindings } = await import('./report/page/findings/best-findings.ts');
    const { splitLines } = await import('./store/lines.ts');
    async function* chunks() {
      for (let i = 0; i < 6000; i += 1)
        yield Buffer.from(Array.from({ length: 64 }, (_, j) => String(i * 64 + j).padEnd(1000, '猫')).join('\\n') + '\\n');
    }
    const best = new BestFindings({ most: 2000, mostBytes: 10_000_000 });
    for await (const line of splitLines(chunks()))
      best.add({ verdict: 'STALE', monthlyCostUsdUpTo: (Number.parseInt(line) * 7919) % 100003, sizeGiB: 1, resourceId: line.slice(0, 12) }, () => line);
    console.log([...best.lines()].length, best.seen);
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=96', '--import', 'tsx', '--input-type=module', '--eval', program],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  expect({ stdout, stderr: stderr.slice(-300) }).toEqual({ stdout: '2000 384000\n', stderr: '' });
});
