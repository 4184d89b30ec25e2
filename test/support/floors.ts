import { Floors } from '../../core/floors.ts';
import type { Deps } from '../../sweep/deps.ts';

/** What a deployment sets, as its functions have it one after the other. */
export interface ChangingFloors {
  current: Floors;
  /** For the options of `openRemovalSweep`. */
  readonly deps: (deps: Deps) => Deps;
}

/** None of the floors that are on by default, but those that are named. */
export function floorsOf(named: Partial<Floors> = {}): Floors {
  return Floors.parse({ requireUndo: false, ...named });
}

export function changingFloors(named: Partial<Floors> = {}): ChangingFloors {
  const floors = {
    current: floorsOf(named),
    deps: (deps: Deps): Deps => ({
      ...deps,
      settings: {
        ...deps.settings,
        get floors() {
          return floors.current;
        },
      },
    }),
  };
  return floors;
}
