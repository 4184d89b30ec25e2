#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The SDK's notice about coming Node versions is for whoever updates orgsweep, not for who runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const argv = process.argv.slice(2);
const { runProcess } = await import(await cli());
process.exitCode = await runProcess(argv);
// All is written, so nothing is cut. The process ends by itself, unless a timer or a connection is
// still there: of a request that never left, the SDK keeps its timers for a minute.
setTimeout(() => process.exit(), 500).unref();

/** The package has it compiled; a clone compiles it when that is needed. */
async function cli() {
  const compiled = new URL('../dist/cli/cli.mjs', import.meta.url);
  const clone = new URL('../tools/packaging/clone.mjs', import.meta.url);
  if (existsSync(clone)) return (await import(clone.href)).cliOfClone(argv.includes('--quiet'));
  if (existsSync(compiled)) return compiled.href;
  console.error(
    'orgsweep: this package was packed before it was built: npm run pack makes it, not npm pack',
  );
  process.exit(1);
}
