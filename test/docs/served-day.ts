import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from './day.ts';
import { root } from './page.ts';

const PATIENCE_MILLISECONDS = 60_000;

interface Going {
  readonly process: ChildProcess;
  readonly ended: Promise<number>;
  said: string;
}

/** What was seen of a step: all that it wrote, and how it ended. */
export interface Seen {
  readonly said: string;
  readonly exitCode: number;
}

/** Does what the page says, in a folder of its own, in processes of their own. */
export class ServedDay {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-day-'));
  readonly #waiting = new Map<string, Going>();
  readonly #environment: Record<string, string | undefined>;
  #served: Going | undefined;
  #port = '';

  constructor() {
    const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_OPTIONS)/.test(name));
    symlinkSync(path.join(root, 'docs'), path.join(this.#folder, 'docs'));
    symlinkSync(path.join(root, 'bin/orgsweep.mjs'), path.join(this.#folder, 'orgsweep'));
    this.#environment = {
      ...Object.fromEntries(own),
      PATH: `${this.#folder}:${process.env['PATH']}`,
      TZ: 'UTC',
    };
  }

  async do(step: Exclude<Step, { kind: 'seen' }>): Promise<Seen> {
    if (step.kind === 'serves') return this.#serve(step.script);
    if (step.kind === 'sets') return this.#set(step.script);
    let said = '';
    for (const line of linesOf(step.script)) {
      if (/^(cp|rm) .*\bday\//.test(line)) said += await this.#save(line);
      else if (step.kind === 'runs' && step.waits) return this.#wait(line);
      else {
        const going = this.#start(line);
        const exitCode = await going.ended;
        said += going.said;
        if (exitCode !== 0) return { said, exitCode };
      }
    }
    return { said, exitCode: 0 };
  }

  /** The end of one that waited. */
  async endOf(name: string): Promise<Seen> {
    const going = this.#waiting.get(name);
    if (going === undefined) throw new Error(`nothing waits that is called ${name}`);
    return { exitCode: await going.ended, said: going.said };
  }

  async close(): Promise<void> {
    const all = [...this.#waiting.values(), ...(this.#served ? [this.#served] : [])];
    for (const { process: one } of all) one.kill('SIGTERM');
    await Promise.all(all.map(async ({ ended }) => ended));
    rmSync(this.#folder, { recursive: true });
  }

  async #serve(script: string): Promise<Seen> {
    const lines = linesOf(script);
    for (const line of lines.slice(0, -1)) await this.#start(line).ended;
    // Whatever port is free here.
    const going = this.#start(`exec ${(lines.at(-1) ?? '').replace('--port 4599', '--port 0')}`);
    this.#served = going;
    await until(() => going.said.includes('export AWS_SECRET_ACCESS_KEY'));
    this.#port = /127\.0\.0\.1:(\d+)/.exec(going.said)?.[1] ?? '';
    return { said: going.said, exitCode: 0 };
  }

  async #set(script: string): Promise<Seen> {
    for (const [, name = '', value = ''] of script.matchAll(/(AWS_\w+)=(\S+)/g))
      this.#environment[name] = value.replace('4599', this.#port);
    return { said: '', exitCode: 0 };
  }

  /** What the simulation says to a file that was saved, so that the next command comes after it. */
  async #save(line: string): Promise<string> {
    const served = this.#served;
    if (served === undefined) throw new Error('nothing is served');
    const before = served.said.length;
    await this.#start(line).ended;
    await until(() => served.said.length > before);
    return served.said.slice(before);
  }

  async #wait(line: string): Promise<Seen> {
    const going = this.#start(line);
    const name = /--name (\S+)/.exec(line)?.[1] ?? '';
    this.#waiting.set(name, going);
    await until(() => going.said.includes('  Page: '));
    return { said: going.said, exitCode: 0 };
  }

  #start(line: string): Going {
    const child = spawn('bash', ['-c', `${line} 2>&1`], {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number>((resolve) => {
      child.once('close', (code) => resolve(code ?? 1));
    });
    const going: Going = { process: child, ended, said: '' };
    child.stdout?.on('data', (chunk: Buffer) => (going.said += chunk.toString('utf8')));
    return going;
  }
}

function linesOf(script: string): string[] {
  return script.split('\n').filter((line) => line !== '');
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not come');
    await sleep(50);
  }
}
