// `npm run build`: what the package has, into dist/. JavaScript and types by the compiler, the state
// machine as it is, and the functions as they are deployed, so that whoever deploys needs no bundler.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFunctions } from '../infra/bundle.ts';
import packageJson from '../package.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) throw new Error('tsc failed');

const { name, version, type } = packageJson;
write('package.json', { name, version, type });
const definition = 'statemachine/sweep.asl.json';
copyFileSync(path.join(root, definition), path.join(dist, definition));
bundleFunctions(path.join(dist, 'bundles'));
// Beside the functions' folders, so in no asset: here they would be taken for modules.
write('bundles/package.json', { type: 'commonjs' });

function write(file: string, value: unknown): void {
  writeFileSync(path.join(dist, file), `${JSON.stringify(value)}\n`);
}
