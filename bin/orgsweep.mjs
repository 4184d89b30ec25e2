#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The SDK's notice about coming Node versions is for whoever updates orgsweep, not for who runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// In a clone TypeScript runs as it is, so that it works after `npm ci`, with nothing to build. The
// package has what was built instead.
const isClone = existsSync(new URL('../local/cli/cli.ts', import.meta.url));
if (isClone) (await import('tsx/esm/api')).register();
if (!isClone && !existsSync(new URL('../dist/local/cli/cli.js', import.meta.url))) {
  console.error(
    'orgsweep: this package was packed before it was built: npm run pack makes it, not npm pack',
  );
  process.exit(1);
}
const folder = isClone ? '../local' : '../dist/local';
const extension = isClone ? 'ts' : 'js';
const { main } = await import(`${folder}/cli/cli.${extension}`);
const { openProcessTerminal } = await import(`${folder}/terminal/terminal.${extension}`);
const argv = process.argv.slice(2);
const terminal = openProcessTerminal(argv);
process.exitCode = await terminal.settle(await main(argv, terminal));
// All is written, so nothing is cut. The process ends by itself, unless a timer or a connection is
// still there: of a request that never left, the SDK keeps its timers for a minute.
setTimeout(() => process.exit(), 500).unref();
