// Run by bundleFunctions in a process of its own, as who synthesizes can't wait for esbuild: it takes
// plugins only where one may. Arguments: the folder, then the functions' names. Prints what is in them.
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';
import { NO_ACCOUNT } from './no-account.ts';
import { ONLY_USED } from './only-used.ts';
import { BUNDLING } from './options.ts';

const [folder, ...names] = process.argv.slice(2) as [string, ...DeployedName[]];
const enters = (name: DeployedName) => DEPLOYED[name].assumes.length > 0;

async function bundle(some: readonly DeployedName[], plugins: readonly Plugin[]) {
  const { metafile } = await build({
    ...BUNDLING,
    // A quarter less to store and to read. Names stay, and lines stay short: a stack trace says as much.
    minifyWhitespace: true,
    lineLimit: 120,
    alias: {
      '@aws-sdk/credential-provider-node': path.join(import.meta.dirname, 'lambda-credentials.ts'),
    },
    plugins: [...plugins],
    metafile: true,
    entryPoints: Object.fromEntries(
      some.map((name) => [`${kebabName(name)}/index`, DEPLOYED[name].entry]),
    ),
    outdir: folder,
  });
  return metafile;
}

const made = await Promise.all([
  bundle(names.filter(enters), ONLY_USED),
  bundle(
    names.filter((name) => !enters(name)),
    [NO_ACCOUNT, ...ONLY_USED],
  ),
]);
process.stdout.write(
  JSON.stringify({
    inputs: Object.assign({}, ...made.map(({ inputs }) => inputs)) as object,
    outputs: Object.assign({}, ...made.map(({ outputs }) => outputs)) as object,
  }),
);
