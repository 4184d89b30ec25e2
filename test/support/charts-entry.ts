// What a function that draws charts would load; for the bundle that the test makes of it.
export { chartsOf } from '../../report/page/charts/index.ts';
