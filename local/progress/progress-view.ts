import { cutToWidth } from '../../report/format/cut-to-width.ts';
import { oneLine } from '../../report/format/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { ErrorsTold } from './errors-told.ts';
import { type Facts, measuredIn, NOTHING_KNOWN } from './facts.ts';
import { endedPhaseText, livePhaseText } from './phase-text.ts';
import { DONE, type Phase } from './phases.ts';
import { type Meter, observe, startMeter } from './rate.ts';
import { makeSurface, type Surface, type SurfaceOptions } from './surface.ts';

/** What somebody sees of an execution, at a terminal or in a log; one for `run` and for `watch`. */
export interface ProgressView {
  /** The phases that the execution goes through; undefined: nobody knows. */
  readonly expect: (phases: readonly Phase[] | undefined) => void;
  /** `at`: milliseconds by the clock of whoever says it; left out: now. */
  readonly enter: (phase: Phase, at?: number) => void;
  readonly update: (facts: Facts) => void;
  /** An error, as it comes; of many of one kind the first, and at the end how many there were. */
  readonly fail: (line: string, kind?: string) => void;
  /** Text that is to be read whatever happens, and also where stderr is no terminal. */
  readonly note: (text: string) => void;
  /** In place of the live line until the next update, such as why that is late. */
  readonly interject: (text: string) => void;
  /** The end of the last phase; without `at`, it didn't come to one. Leaves the terminal to others. */
  readonly close: (at?: number) => void;
}

const TICK_MS = 100;

export function makeProgressView(terminal: Terminal, options: SurfaceOptions): ProgressView {
  return new View(makeSurface(terminal, options), options);
}

class View implements ProgressView {
  readonly #surface: Surface;
  readonly #options: SurfaceOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #errors = new ErrorsTold();
  #phases: readonly Phase[] | undefined;
  #facts = NOTHING_KNOWN;
  #current: { readonly phase: Phase; readonly at: number } | undefined;
  #meter: { unit: string; meter: Meter } | undefined;
  #interjected: string | undefined;
  #drawnAt = -Infinity;
  #isClosed = false;

  constructor(surface: Surface, options: SurfaceOptions) {
    this.#surface = surface;
    this.#options = options;
    this.#timer = setInterval(() => this.#draw(), TICK_MS);
    this.#timer.unref();
  }

  expect(phases: readonly Phase[] | undefined): void {
    this.#phases = phases;
  }

  enter(phase: Phase, at = this.#options.now()): void {
    if (phase === this.#current?.phase) return;
    this.#endPhase(at);
    this.#current = { phase, at };
    this.#meter = undefined;
    this.#draw();
  }

  update(facts: Facts): void {
    this.#facts = facts;
    this.#interjected = undefined;
    // A thousand updates a second are no more to read than ten.
    if (this.#options.now() - this.#drawnAt >= TICK_MS) this.#draw();
  }

  fail(line: string, kind?: string): void {
    if (this.#errors.isTold(kind)) this.#surface.error(line);
  }

  note(text: string): void {
    this.#surface.note(text);
    this.#draw();
  }

  interject(text: string): void {
    this.#interjected = text;
    this.#draw();
  }

  close(at?: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    if (at !== undefined) this.#endPhase(at);
    for (const line of this.#errors.rest()) this.#surface.error(line);
    this.#surface.clear();
  }

  #endPhase(at: number): void {
    if (this.#current === undefined) return;
    const { phase } = this.#current;
    const ended = { phase, facts: this.#facts, elapsedMs: at - this.#current.at };
    const text = endedPhaseText(ended, this.#surface.columns());
    this.#surface.done(text, DONE[phase].length);
    this.#current = undefined;
  }

  #draw(): void {
    if (this.#isClosed) return;
    this.#drawnAt = this.#options.now();
    const columns = this.#surface.columns();
    this.#surface.live(
      this.#interjected === undefined
        ? this.#liveText(columns)
        : cutToWidth(oneLine(this.#interjected), columns),
    );
  }

  #liveText(columns: number): string {
    if (this.#current === undefined) return 'starting';
    const { phase, at } = this.#current;
    const now = this.#options.now();
    const phases = this.#phases;
    const number = (phases?.indexOf(phase) ?? -1) + 1;
    const live = {
      phase,
      step: phases && number > 0 ? { number, of: phases.length } : undefined,
      elapsedMs: now - at,
      meter: this.#measure(phase, now),
      facts: this.#facts,
      untold: this.#errors.untold,
    };
    return livePhaseText(live, columns);
  }

  #measure(phase: Phase, now: number): Meter | undefined {
    const measured = measuredIn(phase, this.#facts);
    if (measured === undefined) return undefined;
    const { unit, done } = measured;
    const known = this.#meter?.unit === unit ? this.#meter.meter : startMeter(now, done);
    this.#meter = { unit, meter: observe(known, now, done) };
    return this.#meter.meter;
  }
}
