const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** "3.1 s", "1 min 24 s", "2 h 5 min": how long something took. */
export function tookInWords(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1)} s`;
  return elapsedInWords(ms);
}

/** In whole seconds, for a line that is written anew every second. */
export function elapsedInWords(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / SECOND);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** "about 3 min left": no more exact than an estimate is. */
export function leftInWords(milliseconds: number): string {
  if (milliseconds <= 85 * SECOND) {
    return `about ${Math.max(5, Math.ceil(milliseconds / (5 * SECOND)) * 5)} s left`;
  }
  if (milliseconds <= 90 * MINUTE) return `about ${Math.ceil(milliseconds / MINUTE)} min left`;
  return `about ${Math.ceil(milliseconds / HOUR)} h left`;
}
