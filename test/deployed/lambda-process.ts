import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  /** The file that Lambda would load, and the name it would look for in it. */
  readonly bundle: string;
  readonly handlerName: string;
  /** All of it: nothing of this process's own environment is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

interface Answer {
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** Processes of one function, kept for the next event as Lambda keeps its environments. */
export class LambdaProcesses {
  readonly #deployed: DeployedFunction;
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();
  /** What the processes wrote: their logs. */
  readonly lines: string[] = [];

  constructor(deployed: DeployedFunction) {
    this.#deployed = deployed;
  }

  /** @throws what the handler threw, by its name */
  async invoke(event: unknown): Promise<unknown> {
    const { arn: functionArn, timeoutSeconds } = this.#deployed;
    const worker = this.#idle.pop() ?? (await this.#start());
    const answered = nextMessage(worker);
    worker.send({ event, functionArn, timeoutMs: timeoutSeconds * 1000 });
    const { output, error } = await answered;
    this.#idle.push(worker);
    if (error === undefined) return output;
    throw Object.assign(new Error(error.message), { name: error.name });
  }

  async #start(): Promise<ChildProcess> {
    const { bundle, handlerName, name, environment } = this.#deployed;
    const runtime = new URL('./lambda-runtime.mjs', import.meta.url);
    const worker = fork(runtime, [bundle, handlerName, name], {
      env: { ...environment },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#all.add(worker);
    for (const stream of [worker.stdout, worker.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.lines.push(...text.split('\n').filter((line) => line !== ''));
      });
    }
    await nextMessage(worker).catch((error: Error) => {
      throw new Error(`${name}: ${error.message}\n${this.lines.slice(-20).join('\n')}`);
    });
    return worker;
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#all].map(async (worker) => {
        if (worker.exitCode !== null) return;
        const exited = once(worker, 'exit');
        worker.kill('SIGKILL');
        await exited;
      }),
    );
  }
}

async function nextMessage(worker: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      worker.off('exit', onExit);
      resolve(message as Answer);
    };
    const onExit = (code: number | null) => {
      worker.off('message', onMessage);
      reject(new Error(`the process ended with ${code}`));
    };
    worker.once('message', onMessage);
    worker.once('exit', onExit);
  });
}
