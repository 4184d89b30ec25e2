import type { ProgressView } from './progress-view.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The first Ctrl-C stops after what is under way, a second one stops at once. */
export function listenForInterrupts(
  terminal: Terminal,
  view: Pick<ProgressView, 'note' | 'close'>,
): { readonly signal: AbortSignal; readonly ignore: () => void } {
  const controller = new AbortController();
  const ignore = terminal.onInterrupt(() => {
    if (controller.signal.aborted) {
      view.close();
      terminal.exit(130);
      return;
    }
    controller.abort();
    if (terminal.stderrIsTerminal) {
      view.note('stopping after what is under way; once more stops at once');
    }
  });
  return { signal: controller.signal, ignore };
}
