import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLING } from '../../infra/bundling/options.ts';
import { chartsOf } from '../../report/page/charts/index.ts';
import { aPoint, everythingToShow } from '../support/summaries/chart-summaries.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-charts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
  const { chartsOf } = require('./charts.js');
  const summary = JSON.parse(require('node:fs').readFileSync('summary.json', 'utf8'));
  chartsOf(summary).then((charts) => process.stdout.write(JSON.stringify(charts)));
`;

it('draws the same in a bundle for Lambda, in any time zone, in a process that ends by itself', async () => {
  // Executions of one day have times below them, which differ wherever the day doesn't.
  const evening = aPoint({ finishedAt: '2026-11-21T18:30:00.000Z' });
  const summary = { ...everythingToShow(), trend: [aPoint(), evening] };
  const bundled = buildSync({
    ...BUNDLING,
    entryPoints: { charts: 'test/support/charts-entry.ts' },
    outdir: folder,
    metafile: true,
  });
  expect(bundled.warnings).toEqual([]);
  writeFileSync(path.join(folder, 'summary.json'), JSON.stringify(summary));
  const printed = execFileSync(process.execPath, ['-e', PROGRAM], {
    ...{ cwd: folder, encoding: 'utf8', timeout: 30_000, maxBuffer: 10_000_000 },
    env: { TZ: 'Pacific/Auckland' },
  });
  expect(JSON.parse(printed)).toEqual(await chartsOf(summary));
  const [bytes] = Object.values(bundled.metafile.outputs).map((output) => output.bytes);
  expect(bytes).toBeLessThan(3_000_000);
});
