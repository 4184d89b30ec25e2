import { systemClock } from '../../clock/clock.ts';
import { fitParts } from './fit-parts.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { makeSurface, type SurfaceOptions } from './surface.ts';
import { elapsedInWords } from '../terminal/time-words.ts';

/** How far a command of one phase is. */
export interface StatusLine {
  /** To be read whatever happens. */
  readonly note: (text: string) => void;
  /** The end; what was done stays to be read in a log. */
  readonly close: () => void;
}

const TICK_MS = 250;

/**
 * Shows what `textOf` says until it is closed: on a terminal in place, in a log a line a minute.
 *
 * @param verb what is being done, such as "measuring"
 */
export function showStatus(
  terminal: Terminal,
  verb: string,
  textOf: () => string,
  options: SurfaceOptions = { now: () => performance.now(), date: () => systemClock.now() },
): StatusLine {
  const surface = makeSurface(terminal, options);
  const startedAt = options.now();
  const line = () =>
    fitParts(
      [
        { text: verb, weight: 2, after: '' },
        { text: textOf(), weight: 3, after: ' · ' },
        { text: elapsedInWords(options.now() - startedAt), weight: 1, after: ' · ' },
      ],
      surface.columns(),
    );
  const draw = () => surface.live(line());
  const timer = setInterval(draw, TICK_MS);
  timer.unref();
  draw();
  let isClosed = false;
  return {
    note: (text) => {
      surface.note(text);
      draw();
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      surface.clear();
      // Who sees a terminal has seen it.
      if (!terminal.stderrIsTerminal) surface.done(line(), 0);
    },
  };
}
