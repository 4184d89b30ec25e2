import type { SimEnding, SimStateEvent } from '../../state-machine.ts';

export type ExecutionStatus = 'RUNNING' | SimEnding['status'] | 'ABORTED';

/** One distributed Map of an execution, as DescribeMapRun counts it. */
export interface MapRun {
  readonly mapRunArn: string;
  readonly startDate: Date;
  stopDate?: Date;
  readonly total: number;
  readonly counts: { SUCCEEDED: number; FAILED: number };
}

interface HistoryEvent {
  readonly id: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

export interface ExecutionPlace {
  readonly region: string;
  readonly accountId: string;
  readonly machine: string;
}

/** An execution as Step Functions knows it, from its start on. */
export class Execution {
  readonly name: string;
  /** As it was sent. */
  readonly input: string;
  readonly executionArn: string;
  readonly startDate: Date;
  readonly mapRuns: MapRun[] = [];
  readonly history: HistoryEvent[] = [];
  readonly abort = new AbortController();
  status: ExecutionStatus = 'RUNNING';
  stopDate: Date | undefined;
  ending: { output?: string; error?: string; cause?: string } = {};
  readonly #place: ExecutionPlace;
  readonly #now: () => Date;

  constructor(asked: { name: string; input: string }, place: ExecutionPlace, now: () => Date) {
    this.name = asked.name;
    this.input = asked.input;
    this.#place = place;
    this.#now = now;
    this.executionArn = this.#arn('execution', `${place.machine}:${asked.name}`);
    this.startDate = now();
    this.#add('ExecutionStarted', { executionStartedEventDetails: { input: asked.input } });
  }

  note(event: SimStateEvent): void {
    if (this.status !== 'RUNNING') return;
    if (event.type === 'StateEntered') {
      const details = { name: event.state, input: JSON.stringify(event.input) };
      this.#add(`${event.stateType}StateEntered`, { stateEnteredEventDetails: details });
    } else if (event.type === 'MapStarted') this.#startMapRun(event.map, event.items);
    else {
      const run = this.mapRuns.find(({ mapRunArn }) => mapRunArn.includes(`/${event.map}:`));
      if (run === undefined) return;
      run.counts[event.status] += 1;
      if (run.counts.SUCCEEDED + run.counts.FAILED === run.total) run.stopDate = this.#now();
    }
  }

  /** Once: what comes later, such as the end of an execution that was stopped, changes nothing. */
  end(status: Exclude<ExecutionStatus, 'RUNNING'>, ending: Execution['ending']): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.ending = ending;
    this.stopDate = this.#now();
    for (const run of this.mapRuns) run.stopDate ??= this.stopDate;
    const type = `${status[0]}${status.slice(1).toLowerCase()}`;
    this.#add(`Execution${type}`, { [`execution${type}EventDetails`]: ending });
  }

  #startMapRun(map: string, total: number): void {
    const { machine } = this.#place;
    const mapRunArn = this.#arn('mapRun', `${machine}/${map}:${this.name}`);
    const startDate = this.#now();
    const counts = { SUCCEEDED: 0, FAILED: 0 };
    this.mapRuns.push({
      mapRunArn,
      startDate,
      total,
      counts,
      ...(total === 0 && { stopDate: startDate }),
    });
    this.#add('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  }

  #arn(type: string, name: string): string {
    return `arn:aws:states:${this.#place.region}:${this.#place.accountId}:${type}:${name}`;
  }

  #add(type: string, details: object): void {
    const id = this.history.length + 1;
    this.history.push({ id, timestamp: this.#now().getTime() / 1000, type, ...details });
  }
}
