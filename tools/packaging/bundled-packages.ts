import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';

/** A package of somebody else's, some of whose code is in what we hand out. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json says it, an SPDX expression. */
  readonly license: string;
  readonly author: string;
  /** Where its sources are, as its package.json says it. */
  readonly repository?: string | undefined;
  /** Its licence and its NOTICE, as the package brings them; some bring none. */
  readonly texts: readonly string[];
}

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z
    .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
    .default('its authors'),
  repository: z
    .union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])
    .optional(),
});
const LEGAL_TEXT = /^(licen[cs]e|copying|notice)([.-]|$)/i;

/** The packages whose code esbuild really put into an output; what it left out is not handed out. */
export function bundledPackages({ outputs }: Metafile, root: string): BundledPackage[] {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const folders = new Set(inputs.flatMap(([file]) => folderOf(file) ?? []));
  const packages = [...folders].toSorted().map((folder) => readPackage(path.join(root, folder)));
  return packages.map((one) => (one.texts.length > 0 ? one : withTextOfSibling(one, packages)));
}

/** Packages of one repository have one licence; not each of them brings it. */
function withTextOfSibling(
  one: BundledPackage,
  packages: readonly BundledPackage[],
): BundledPackage {
  const sibling = packages.find(
    ({ repository, license, texts }) =>
      texts.length > 0 && repository === one.repository && license === one.license,
  );
  return one.repository === undefined || sibling === undefined
    ? one
    : { ...one, texts: sibling.texts };
}

/** Of the innermost package; undefined for what is ours. */
function folderOf(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function readPackage(folder: string): BundledPackage {
  const manifest = Manifest.parse(
    JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
  );
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && LEGAL_TEXT.test(file.name))
    .map(({ name }) => readFileSync(path.join(folder, name), 'utf8').trim());
  return { ...manifest, texts };
}
