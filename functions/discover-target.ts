import { discoverTarget } from '../steps/discover/discover-target.ts';
import { typedFunction } from './typed-function.ts';

export const discover = typedFunction('DiscoverTargetFunctionArn', discoverTarget);
