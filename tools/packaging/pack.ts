// `npm run pack`: makes orgsweep-<version>.tgz here. Options go on to `npm pack`, such as
// `-- --pack-destination DIR`. Plain `npm pack` can't build first: .npmrc lets npm run no script but
// those it is asked for by name. The package is made in a folder of its own, so that nothing old gets
// into it, and two at once don't meet.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildPackage } from './build.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-pack-'));
try {
  await buildPackage(folder);
  const argv = ['pack', folder, ...process.argv.slice(2)];
  process.exitCode = spawnSync('npm', argv, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
