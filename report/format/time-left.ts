import { formatNoun } from './money.ts';

const MINUTE_MS = 60_000;

/** "2 days 23 h left", "5 h 10 min left", "12 min left"; rounded down, and nothing of what is over. */
export function timeLeft(until: string, now: Date): string {
  const minutes = Math.floor((Date.parse(until) - now.getTime()) / MINUTE_MS);
  if (Number.isNaN(minutes)) return 'nobody knows how long that is';
  if (minutes < 0) return 'that is over';
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${formatNoun(days, 'day')} ${hours} h left`;
  return hours > 0 ? `${hours} h ${minutes % 60} min left` : `${minutes} min left`;
}
