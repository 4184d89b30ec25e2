import { planRemovals } from '../steps/plan/plan-removals.ts';
import { typedFunction } from './typed-function.ts';

export const plan = typedFunction('PlanFunctionArn', planRemovals);
