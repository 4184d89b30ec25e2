import { removeTarget } from '../steps/remove/remove-target.ts';
import { typedFunction } from './typed-function.ts';

export const removePlanned = typedFunction('RemovePlannedFunctionArn', removeTarget);
