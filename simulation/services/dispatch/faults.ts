import type { SimFault } from '../../model/fault.ts';

/** A call as faults, counters and the hook of tests see it. */
export interface SimCall {
  /** As in the credential scope: `ec2`, `sts`, … */
  readonly service: string;
  readonly operation: string;
  /** Whom the call is about: the caller's account, or that of the role AssumeRole asks for. */
  readonly accountId: string;
  readonly region: string;
}

/** The faults of a scenario, each with its own count of the calls that matched it. */
export class Faults {
  #faults: { readonly fault: SimFault; matches: number }[] = [];

  /** Puts other faults in place; all counts begin again. */
  set(faults: readonly SimFault[]): void {
    this.#faults = faults.map((fault) => ({ fault, matches: 0 }));
  }

  /** Counts the call on every fault that it matches; the first one whose turn it is answers. */
  next(call: SimCall): SimFault['answer'] | undefined {
    const due = this.#faults.filter((entry) => {
      if (!isAbout(entry.fault, call)) return false;
      entry.matches += 1;
      const { calls } = entry.fault;
      return calls === undefined || (entry.matches >= calls.from && entry.matches <= calls.to);
    });
    return due[0]?.fault.answer;
  }
}

function isAbout(fault: SimFault, { operation, accountId, region }: SimCall): boolean {
  return (
    fault.operation === operation &&
    (fault.accountId === undefined || fault.accountId === accountId) &&
    (fault.region === undefined || fault.region === region)
  );
}
