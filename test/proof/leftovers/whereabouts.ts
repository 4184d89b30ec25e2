import type { SimEstate } from '../../../simulation/model/organization.ts';

/** Where an AMI is: in which account and Region, and whether in its bin. */
export interface Whereabout {
  readonly accountId: string;
  readonly region: string;
  readonly isInBin: boolean;
}

type ById = ReadonlyMap<string, readonly Whereabout[]>;

/** Which AMIs were where when, as the simulated organization has it, counted in calls. */
export class Whereabouts {
  readonly #changes: { readonly since: number; readonly there: ById }[] = [];

  /** To be called when something has changed, just before the call of this number. */
  learn(estates: readonly SimEstate[], call: number): void {
    const there = new Map<string, Whereabout[]>();
    const note = (estate: SimEstate, imageId: string, isInBin: boolean) => {
      const { accountId, region } = estate;
      there.set(imageId, [...(there.get(imageId) ?? []), { accountId, region, isInBin }]);
    };
    for (const estate of estates) {
      const most = Number.MAX_SAFE_INTEGER;
      for (const { imageId } of estate.images(0, most).items) note(estate, imageId, false);
      for (const { imageId } of estate.imagesInRecycleBin(0, most).items)
        note(estate, imageId, true);
    }
    this.#changes.push({ since: call, there });
  }

  /** As this call finds it. */
  at(imageId: string, call: number): readonly Whereabout[] {
    return this.#changes.findLast(({ since }) => since <= call)?.there.get(imageId) ?? [];
  }

  /** Where it was all the time between two calls, both included. */
  throughout(imageId: string, from: number, until: number): readonly Whereabout[] {
    const later = this.#changes.filter(({ since }) => since > from && since <= until);
    return this.at(imageId, from).filter((one) =>
      later.every(({ there }) => there.get(imageId)?.some((other) => areAlike(one, other))),
    );
  }
}

function areAlike(a: Whereabout, b: Whereabout): boolean {
  return a.accountId === b.accountId && a.region === b.region && a.isInBin === b.isInBin;
}
