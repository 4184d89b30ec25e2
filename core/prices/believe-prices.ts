import { figuresOf } from './figures.ts';
import { PricesNotBelieved } from './price-list-item.ts';
import type { PriceTable } from './price-table.ts';

/** All other Regions are compared with it. */
const HOME = 'us-east-1';
/** No Region asks for less or more than that, beside us-east-1. */
const [LEAST, MOST] = [0.2, 5];
const NAMED = 5;
/** 0.2 times 0.05 is more than 0.01 in binary. */
const NOISE = 1e-9;

/**
 * Refuses prices that can't be right: one that is 0 or far from that of us-east-1, and a table that
 * lacks what is in force.
 *
 * @param inForce AWS's own prices, or those that come with orgsweep
 * @throws {PricesNotBelieved} naming Region and price
 */
export function refuseUnbelievable(table: PriceTable, inForce: PriceTable): void {
  const all = figuresOf(table);
  const nameOf = (of: { region: string; figure: string }) => `${of.region} ${of.figure}`;
  const known = new Set(all.map(nameOf));
  const home = new Map(
    all.filter(({ region }) => region === HOME).map(({ figure, usd }) => [figure, usd]),
  );
  const missing = figuresOf(inForce).filter((one) => !known.has(nameOf(one)));
  const faults = [
    ...missing.map((one) => `${nameOf(one)} is missing, and had a price before`),
    ...all.flatMap(({ region, figure, usd }) => {
      const name = nameOf({ region, figure });
      if (usd <= 0) return `${name} is ${usd}`;
      const beside = home.get(figure);
      if (beside === undefined)
        return `${name} is ${usd}, and ${HOME} has no price to compare with`;
      const times = usd / beside;
      if (times >= LEAST - NOISE && times <= MOST + NOISE) return [];
      return `${name} is ${usd}, and ${beside} in ${HOME}: less than ${LEAST} or more than ${MOST} times as much`;
    }),
  ];
  if (faults.length === 0) return;
  const more = faults.length > NAMED ? `; ${faults.length - NAMED} more` : '';
  throw new PricesNotBelieved(`${faults.slice(0, NAMED).join('; ')}${more}`);
}
