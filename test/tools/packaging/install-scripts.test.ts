import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Node's own npm, whichever it is: `npm test` says where it is.
it('npm runs no install script where our .npmrc holds, and would without it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-scripts-'));
  const scripts = { postinstall: "node -e \"fs.writeFileSync('ran', '')\"" };
  aPackage('dependency', { scripts });
  aPackage('project', { dependencies: { dependency: 'file:../dependency' } });
  const ran = path.join(folder, 'dependency/ran');

  install();
  expect(existsSync(ran)).toBe(true);

  rmSync(ran);
  rmSync(path.join(folder, 'project/node_modules'), { recursive: true });
  copyFileSync('.npmrc', path.join(folder, 'project/.npmrc'));
  install();
  expect(existsSync(path.join(folder, 'project/node_modules/dependency'))).toBe(true);
  expect(existsSync(ran)).toBe(false);

  function aPackage(name: string, rest: Record<string, unknown>): void {
    mkdirSync(path.join(folder, name));
    const manifest = { name, version: '1.0.0', private: true, ...rest };
    writeFileSync(path.join(folder, name, 'package.json'), JSON.stringify(manifest));
  }

  function install(): void {
    const argv = ['install', '--offline', '--no-audit', '--no-fund'];
    execFileSync('npm', argv, {
      cwd: path.join(folder, 'project'),
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        npm_config_ignore_scripts: undefined,
        npm_config_allow_scripts: undefined,
      },
      stdio: 'pipe',
    });
  }
});
