import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** What a client of the SDK knows of its service: the shape of each request and answer, in one file. */
const SCHEMAS = /[\\/]@aws-sdk[\\/][^\\/]+[\\/]dist-es[\\/](?:.+[\\/])?schemas_0\.js$/;
/** As they are generated: each by itself, ended by the first line that ends in `];`. */
const SCHEMA = /^((?:export )?var [\w$]+ = )(\[[^]*?\]);$/gm;

/**
 * Leaves out the schemas of what isn't called: EC2's are 1.1 MB, most of them of other operations.
 * esbuild keeps an array with a computed key in it (`{ [_xN]: _m }`), as making one might do
 * something. Here it does nothing, so each is marked as what may go where nobody reads it. What stays
 * is made as before, in the same order.
 */
const schemasOfWhatIsCalled: Plugin = {
  name: 'schemas of what is called',
  setup: ({ onLoad }) => {
    onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: droppable(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

function droppable(schemas: string): string {
  return schemas.replace(SCHEMA, '$1/* @__PURE__ */ (() => $2)();');
}

/**
 * Zod without what isn't called, such as its messages in fifty languages. esbuild sees which names of
 * a namespace are used where a file imports it as one, and not where it imports `z`, the same
 * namespace by another way.
 */
const zodAsNamespace: Plugin = {
  name: 'zod as a namespace',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/, namespace: 'file' }, async ({ path }) => ({
      contents: withNamespace(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

function withNamespace(source: string): string {
  return source.replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';");
}

/** What a program tells of a package that it is made of, itself included. */
const TOLD = ['name', 'version', 'homepage'];

/** Each client has its whole package.json, for the version that it sends along. */
const nameAndVersionOfPackages: Plugin = {
  name: 'name and version of packages',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]package\.json$/, namespace: 'file' }, async ({ path }) => ({
      contents: JSON.stringify(JSON.parse(await readFile(path, 'utf8')), TOLD),
      loader: 'json',
    }));
  },
};

/** For every bundle of whole programs: what is left out is what nothing in it names. */
export const ONLY_USED: readonly Plugin[] = [
  schemasOfWhatIsCalled,
  zodAsNamespace,
  nameAndVersionOfPackages,
];
