import type { SimEstate, SimEstateOrigin, SimEstateView } from './organization.ts';

/**
 * What one kind keeps of each account and Region: made when it is first asked for, and there as long
 * as its organization.
 */
export class PerEstate<State> {
  readonly #make: (estate: SimEstate) => State;
  readonly #states = new WeakMap<SimEstateOrigin, State>();

  constructor(make: (estate: SimEstate) => State) {
    this.#make = make;
  }

  of(estate: SimEstateView): State {
    const known = this.#states.get(estate.origin) ?? this.#make(estate as SimEstate);
    this.#states.set(estate.origin, known);
    return known;
  }
}
