import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DeployedName, kebabName } from '../../functions/deployed.ts';
import { bundleFunctions } from '../../infra/hub/bundle.ts';

export interface Answer {
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** The real bundles, made once for a test file. */
export interface Bundles {
  readonly folder: string;
  fileOf(name: DeployedName): string;
  remove(): void;
}

export function makeBundles(): Bundles {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-bundles-'));
  bundleFunctions(folder);
  return {
    folder,
    fileOf: (name) => path.join(folder, kebabName(name), 'index.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A process of its own that holds bundles, with an environment of its own. */
export class BundleHost {
  readonly #child: ChildProcess;
  readonly #bundles: Bundles;
  #written = '';

  constructor(bundles: Bundles, env: Readonly<Record<string, string>>) {
    this.#bundles = bundles;
    this.#child = fork(path.resolve('test/support/bundle-host.mjs'), {
      env: { ...env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#written += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#written += chunk.toString()));
  }

  /** Calls a function as Lambda would; `env` is set before, for good. */
  async call(
    name: DeployedName,
    event: unknown,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answered = once(this.#child, 'message');
    this.#child.send({ bundle: this.#bundles.fileOf(name), env, event });
    const [answer] = (await answered) as [Answer];
    return answer;
  }

  /** What it wrote to stdout and stderr so far: one JSON document a line. */
  lines(): Record<string, unknown>[] {
    return this.#written
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  get written(): string {
    return this.#written;
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
