import type { Progress } from './engine.ts';
import { makeStatusLine } from './status-line.ts';
import type { Terminal } from './terminal.ts';

export interface ProgressLine {
  readonly show: (event: Progress) => void;
  /** Wipes the line, so that other text can be written. */
  readonly clear: () => void;
}

/** One line on a terminal, refreshed in place; failures stay above it as they come. */
export function makeProgressLine(terminal: Terminal): ProgressLine {
  if (!terminal.stderrIsTerminal) return { show: () => undefined, clear: () => undefined };
  const counts = new RunCounts();
  const line = makeStatusLine(terminal);
  return {
    clear: line.clear,
    show: (event) => {
      const failure = counts.add(event);
      line.clear();
      if (failure !== undefined) terminal.stderr(`${red(failure, terminal.color)}\n`);
      line.show(counts.toString());
    },
  };
}

function red(text: string, color: boolean): string {
  return color ? `\u001b[31m${text}\u001b[39m` : text;
}

/** The states of `sweep.asl.json` by what they mean to somebody who waits. */
class RunCounts {
  private accounts = { ended: 0, all: 0 };
  private targets = { ended: 0, all: 0 };
  private removals = { ended: 0, all: 0 };
  private failed = 0;

  /** @returns a failure to tell at once */
  add(event: Progress): string | undefined {
    switch (event.type) {
      case 'MapStarted':
        this.mapCounts(event.map).all = event.items;
        return undefined;
      case 'ItemEnded':
        this.mapCounts(event.map).ended += 1;
        if (event.status === 'SUCCEEDED') return undefined;
        this.failed += 1;
        return `${event.map} ${event.index}: the child execution failed`;
      case 'TaskEnded':
        return this.addTask(event);
      case 'TaskFailed':
      case 'StateEntered':
        return undefined;
    }
  }

  private addTask({ state, input, output }: Progress & { type: 'TaskEnded' }): string | undefined {
    if (state === 'ListRegions') {
      this.targets.all += (output as { targets: unknown[] }).targets.length;
    }
    if (state === 'DiscoverTarget' || state === 'RecordFailedTarget') this.targets.ended += 1;
    if (!state.startsWith('RecordFailed')) return undefined;
    this.failed += 1;
    return describeFailure(input as RecordedFailure);
  }

  private mapCounts(map: string) {
    return map === 'RemoveTargets' ? this.removals : this.accounts;
  }

  toString(): string {
    const parts = [
      `accounts ${this.accounts.ended}/${this.accounts.all}`,
      `targets ${this.targets.ended}/${this.targets.all}`,
      ...(this.removals.all > 0 ? [`removals in ${this.removals.ended}/${this.removals.all}`] : []),
      `failed ${this.failed}`,
    ];
    return parts.join(' · ');
  }
}

interface RecordedFailure {
  readonly accountId?: string;
  readonly target?: { readonly accountId: string; readonly region: string };
  readonly error: { readonly Error: string; readonly Cause?: string };
}

function describeFailure({ accountId, target, error }: RecordedFailure): string {
  const where = target === undefined ? accountId : `${target.accountId} ${target.region}`;
  return `${where}: ${error.Error}: ${messageOf(error.Cause ?? '')}`
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

function messageOf(cause: string): string {
  try {
    return String((JSON.parse(cause) as { errorMessage?: unknown }).errorMessage);
  } catch {
    return cause;
  }
}
