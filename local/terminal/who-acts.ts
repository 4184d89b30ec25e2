import { type ActsAs, actsAsInWords } from '../../core/model/acts-as.ts';
import { oneLine } from '../../report/format/layout.ts';
import type { Terminal } from './terminal.ts';

interface Telling {
  readonly simulated?: boolean;
  /** Beside a live line; left out: stderr as it is. */
  readonly say?: (line: string) => void;
}

/** Tells a person, before anything is done, whose credentials do it. */
export function tellWhoActs(
  terminal: Pick<Terminal, 'stderr' | 'stderrIsTerminal' | 'quiet'>,
  actsAs: ActsAs,
  { simulated = false, say = (line) => terminal.stderr(`${line}\n`) }: Telling = {},
): void {
  if (!terminal.stderrIsTerminal || terminal.quiet === true) return;
  say(oneLine(actsAsInWords(actsAs, { simulated })));
}
