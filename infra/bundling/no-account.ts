import path from 'node:path';
import type { Plugin } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const CLIENT = /^@aws-sdk\/client-[\w-]+$/;
/** Of a client: what sends something. All else, such as the values of a field, stays what it is. */
const SENDS = /(?:Command|Client)$|^(?:paginate|waitUntil)/;
/** The kinds, and what makes clients for them in one account. */
const FOR_ACCOUNTS = /^(?:kinds[\\/]|aws[\\/]sessions[\\/](?:plain-service|rbin-client)\.ts$)/;
const NAMESPACE = 'no account is entered';

/**
 * For functions that enter no account. What a kind asks there needs a session, which only they open
 * that assume a role (`assumes` in functions/deployed.ts); the others have the kinds for their rules
 * and words. In these, the kinds have no client and no request: whoever makes one is told that it
 * isn't there. What a function asks by itself, the hub's Regions for example, is no part of a kind.
 */
export const NO_ACCOUNT: Plugin = {
  name: NAMESPACE,
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: CLIENT }, ({ path: client, importer }) =>
      FOR_ACCOUNTS.test(path.relative(root, importer))
        ? { path: client, namespace: NAMESPACE, sideEffects: false }
        : undefined,
    );
    onLoad({ filter: CLIENT, namespace: NAMESPACE }, async ({ path: client }) => ({
      contents: withoutRequests(client, Object.keys((await import(client)) as object)),
      resolveDir: root,
      loader: 'js',
    }));
  },
};

function withoutRequests(client: string, names: readonly string[]): string {
  const sending = names.filter((name) => SENDS.test(name));
  return [
    // A name of its own comes before one that is only handed on.
    `export * from '${client}';`,
    `function none(name) { return function () { throw new Error(name + ' of ${client}: this function enters no account'); }; }`,
    ...sending.map((name) => `export const ${name} = /* @__PURE__ */ none('${name}');`),
  ].join('\n');
}
