import type { SimCall } from './faults.ts';

type Counts = Record<string, number>;

/** Calls answered so far, refused ones included. Keys of the counts are `service:Operation`. */
export class CallCounts {
  readonly total: Counts = {};
  /** Those of `total` that were answered with a throttling error. */
  readonly throttled: Counts = {};
  /** By `<account id>/<region>`. */
  readonly byTarget: Record<string, Counts> = {};

  add(call: SimCall): void {
    increment(this.total, nameOf(call));
    increment((this.byTarget[`${call.accountId}/${call.region}`] ??= {}), nameOf(call));
  }

  addThrottled(call: SimCall): void {
    increment(this.throttled, nameOf(call));
  }
}

function nameOf({ service, operation }: SimCall): string {
  return `${service}:${operation}`;
}

function increment(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
