import { serialize } from 'node:v8';
import type * as drawing from '../../report/page/charts/drawing/draw.ts';

let areDrawnOnce = false;
const DRAW = '../../report/page/charts/drawing/draw.ts';

/**
 * Draws each drawing once in a test file. Executions over one organization ask for the same ones,
 * and drawing them is a fifth of an execution's CPU. To be called before the first execution; tests
 * of the drawings themselves never call it.
 */
export function drawEachOnce(): void {
  if (areDrawnOnce) return;
  areDrawnOnce = true;
  // The bench runs sweeps without it.
  if (typeof jest === 'undefined') return;
  jest.doMock(DRAW, () => {
    const { draw } = jest.requireActual<typeof drawing>(DRAW);
    const drawn = new Map<string, Promise<string>>();
    const once: typeof draw = async (...args) => {
      const key = serialize(args).toString('latin1');
      const svg = drawn.get(key) ?? draw(...args);
      drawn.set(key, svg);
      return svg;
    };
    return { draw: once };
  });
}
