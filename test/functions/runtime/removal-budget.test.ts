import { DEPLOYED } from '../../../functions/deployed.ts';
import { removalBudgetSeconds } from '../../../functions/runtime/removal-budget.ts';

it('leaves the batch that is under way five minutes before the function is cut off', () => {
  const { timeoutSeconds } = DEPLOYED.RemovePlanned;
  expect(removalBudgetSeconds(timeoutSeconds * 1000)).toBe(timeoutSeconds - 300);
});

it('begins no batch at all in what is left of a function that started late', () => {
  expect(removalBudgetSeconds(299_999)).toBe(0);
  expect(removalBudgetSeconds(1)).toBe(0);
});
