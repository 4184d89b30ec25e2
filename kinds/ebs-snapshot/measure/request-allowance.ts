/** No more requests are sent than were agreed to. */
class RequestBoundReached extends Error {
  override readonly name = 'RequestBoundReached';
}

/** How many requests may be sent in all, by however many at once. */
export interface RequestAllowance {
  /** @throws {RequestBoundReached} where none is left */
  check(): void;
  /** To be called right before a request is sent. @throws {RequestBoundReached} */
  take(): void;
}

export function makeRequestAllowance(most: number): RequestAllowance {
  let used = 0;
  const check = () => {
    if (used < most) return;
    throw new RequestBoundReached(`all ${most} requests that were allowed have been sent`);
  };
  return {
    check,
    take: () => {
      check();
      used += 1;
    },
  };
}
