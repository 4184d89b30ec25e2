import { setInterval } from 'node:timers';

const LOOK_MILLISECONDS = 200;

/**
 * Looks again and again at what files say, and tells of a change once it is whole: an editor may take
 * several steps to save one.
 *
 * @param read what the files say; what it throws is left for the next look
 * @returns stops it
 */
export function onSaved(read: () => string, changed: () => void): () => void {
  let known = readOrNothing(read);
  let seen = known;
  const timer = setInterval(() => {
    const now = readOrNothing(read);
    const isSettled = now === seen;
    seen = now;
    if (!isSettled || now === known || now === undefined) return;
    known = now;
    changed();
  }, LOOK_MILLISECONDS);
  return () => clearInterval(timer);
}

function readOrNothing(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
