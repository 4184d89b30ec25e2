#!/usr/bin/env node
// TypeScript runs as it is, so that a clone works after `npm ci`, with nothing to build.
import { register } from 'tsx/esm/api';

// The SDK's notice about coming Node versions is for whoever updates orgsweep, not for who runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

register();
const { main } = await import('../local/cli.ts');
const { processTerminal } = await import('../local/terminal.ts');
process.exitCode = await main(process.argv.slice(2), processTerminal);
