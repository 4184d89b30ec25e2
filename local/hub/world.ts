import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Scenario, SimAccount } from '../../simulation/model/organization.ts';

/**
 * A scenario that an organization which is served may become: other faults, and of its accounts other
 * roles, states, places and denials. Accounts and resources are made up once.
 *
 * @throws {InvalidInput}
 */
export function staysAsItWas(next: Scenario, begun: Scenario, file: string): Scenario {
  const at = new Date(0);
  const [before, after] = [begun.build(at), next.build(at)];
  const isSame =
    next.seed === begun.seed &&
    JSON.stringify(before.allRegions) === JSON.stringify(after.allRegions) &&
    JSON.stringify(before.accounts.map(placesOf)) === JSON.stringify(after.accounts.map(placesOf));
  if (isSame) return next;
  throw new InvalidInput(
    fault(
      '--scenario',
      file,
      'while it is served: the same seed, Regions and accounts; others only after Ctrl-C',
    ),
  );
}

function placesOf({ id, regions }: SimAccount): readonly string[] {
  return [id, ...regions.map(({ name }) => name)];
}
