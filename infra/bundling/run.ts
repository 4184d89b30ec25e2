// Run by bundleFunctions in a process of its own, as who synthesizes can't wait for esbuild: it takes
// plugins only where one may. Arguments: the folder, then the functions' names. Prints what is in them.
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';
import path from 'node:path';
import { build } from 'esbuild';
import { ONLY_USED } from './only-used.ts';
import { BUNDLING } from './options.ts';

const [folder, ...names] = process.argv.slice(2) as [string, ...DeployedName[]];
const { metafile } = await build({
  ...BUNDLING,
  alias: {
    '@aws-sdk/credential-provider-node': path.join(import.meta.dirname, 'lambda-credentials.ts'),
  },
  plugins: [...ONLY_USED],
  metafile: true,
  entryPoints: Object.fromEntries(
    names.map((name) => [`${kebabName(name)}/index`, DEPLOYED[name].entry]),
  ),
  outdir: folder,
});
process.stdout.write(JSON.stringify(metafile));
