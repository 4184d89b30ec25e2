import type { Layer } from './draw.ts';
import type { ColorName } from '../../markup/palette.ts';
import { colorOf } from '../../markup/palette.ts';

export interface TextAt {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface Swatch {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly color: ColorName;
}

interface TextStyle {
  readonly align?: 'left' | 'center' | 'right';
  readonly fontWeight?: 'bold';
  readonly fontSize?: number;
  readonly angle?: number;
  readonly opacity?: number;
}

const x = { field: 'x', type: 'quantitative', scale: null, axis: null } as const;
const y = { field: 'y', type: 'quantitative', scale: null, axis: null } as const;

/** At pixels of the drawing, in the colour of the page's text. */
export function textLayer(texts: readonly TextAt[], style: TextStyle = {}): Layer {
  return {
    data: { values: texts.map((at) => ({ ...at })) },
    mark: { type: 'text', align: 'left', ...style },
    encoding: { x, y, text: { field: 'text', type: 'nominal' } },
  };
}

/** Filled boxes at pixels of the drawing; hollow ones are outlined in their colour. */
export function boxLayer(boxes: readonly Swatch[], isHollow = false): Layer {
  const paint = { field: 'paint', type: 'nominal', scale: null } as const;
  return {
    data: {
      values: boxes.map((box) => ({
        ...{ x: box.x, x2: box.x + box.widthPx, y: box.y, y2: box.y + box.heightPx },
        paint: colorOf(box.color),
      })),
    },
    mark: { type: 'rect', ...(isHollow ? { filled: false, strokeWidth: 1 } : {}) },
    encoding: {
      ...{ x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
      ...(isHollow ? { stroke: paint } : { fill: paint }),
    },
  };
}
