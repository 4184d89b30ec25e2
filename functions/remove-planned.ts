import { removeTarget } from '../sweep/remove-target.ts';
import { typedFunction } from './typed-function.ts';

export const removePlanned = typedFunction('RemovePlannedFunctionArn', removeTarget);
