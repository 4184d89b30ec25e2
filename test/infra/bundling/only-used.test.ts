import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import s3 from '@aws-sdk/client-s3/package.json' with { type: 'json' };
import { ONLY_USED } from '../../../infra/bundling/only-used.ts';
import { BUNDLING } from '../../../infra/bundling/options.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const CLIENTS = Object.keys(packageJson.dependencies).filter((name) => /\/client-/.test(name));

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-only-used-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundles a source that stands nowhere, and says how large that is. */
async function bundled(name: string, source: string, plugins: readonly Plugin[]) {
  const outfile = path.join(folder, `${name}.js`);
  const { metafile } = await build({
    ...BUNDLING,
    stdin: { contents: source, resolveDir: path.resolve('.') },
    plugins: [...plugins],
    metafile: true,
    outfile,
  });
  const [output] = Object.values(metafile.outputs);
  return { outfile, bytes: output?.bytes ?? 0 };
}

it('leaves the schemas of every client as they were, where all are used', async () => {
  const source = CLIENTS.map(
    (name, at) => `export * as c${at} from '${name}/dist-es/schemas/schemas_0.js';`,
  ).join('\n');
  const before = await bundled('before', source, []);
  const after = await bundled('after', source, ONLY_USED);
  const [whole, marked] = [before, after].map(({ outfile }) => written(outfile));
  expect(marked).toEqual(whole);
  expect(
    Object.keys(whole?.[`c${CLIENTS.indexOf('@aws-sdk/client-ec2')}`] ?? {}).length,
  ).toBeGreaterThan(3_000);
});

it('drops the schemas that no request needs', async () => {
  const source = "export { DescribeVolumesCommand } from '@aws-sdk/client-ec2';";
  const { bytes: whole } = await bundled('whole', source, []);
  const { bytes } = await bundled('used', source, ONLY_USED);
  expect(bytes).toBeLessThan(whole - 1_000_000);
});

it('drops the messages of Zod in other languages', async () => {
  const { bytes } = await bundled(
    'zod',
    "export { Region } from './core/model/ids.ts';",
    ONLY_USED,
  );
  expect(bytes).toBeLessThan(350_000);
});

it('has of a package.json what a client sends along, and no more', async () => {
  const source = "export { S3Client } from '@aws-sdk/client-s3';";
  const { outfile } = await bundled('package', source, ONLY_USED);
  const text = readFileSync(outfile, 'utf8');
  expect(text).toContain(`version: "${s3.version}"`);
  expect(text).not.toContain(s3.description);
});

/** All schemas of a bundle, the functions in them as their text. */
function written(file: string): Record<string, Record<string, unknown>> {
  const text = JSON.stringify(createRequire(__filename)(file), (_, value: unknown) =>
    typeof value === 'function' ? String(value) : value,
  );
  return JSON.parse(text) as Record<string, Record<string, unknown>>;
}
