import type { Scenario, SimEstate } from '../../../simulation/model/organization.ts';

/** The scenario with some of its estates' answers replaced: an AWS that behaves in another way. */
export function withEstates(
  scenario: Scenario,
  alter: (estate: SimEstate) => Partial<SimEstate>,
): Scenario {
  return {
    ...scenario,
    build: (now) => {
      const organization = scenario.build(now);
      return {
        ...organization,
        estate: (accountId, region) => {
          const estate = organization.estate(accountId, region);
          const altered: Partial<SimEstate> = alter(estate);
          return new Proxy(estate, {
            get: (target, name: keyof SimEstate) => {
              const own: unknown = altered[name] ?? target[name];
              return typeof own === 'function' ? (own.bind(target) as unknown) : own;
            },
          });
        },
      };
    },
  };
}
