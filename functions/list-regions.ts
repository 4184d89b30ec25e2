import { listTargetRegions } from '../steps/prepare/list-target-regions.ts';
import { typedFunction } from './typed-function.ts';

export const listRegions = typedFunction('ListRegionsFunctionArn', listTargetRegions);
