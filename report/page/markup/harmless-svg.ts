const ELEMENTS = new Set(
  ['svg g path rect circle ellipse line polyline polygon text tspan title desc', 'defs clipPath']
    .join(' ')
    .split(' '),
);

// No reference to anywhere: neither `href` nor `url(` but to a clip path of the same picture.
const ATTRIBUTES =
  /^(xmlns(:xlink)?|version|id|class|role|aria-[a-z]+|width|height|viewBox|preserveAspectRatio|transform|d|x|y|x1|y1|x2|y2|dx|dy|cx|cy|r|rx|ry|points|fill|stroke|clip-path|text-anchor|dominant-baseline|display|visibility|pointer-events|(fill|stroke|font|letter|text)-[a-z-]+|opacity)$/;
const TAG = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z0-9:-]+\s*=\s*"[^"<]*")*)\s*\/?>/g;

/**
 * Whether a picture is nothing but shapes and text. What draws it writes account names into it; a
 * mistake there must not become markup here. The page's policy would run none of it either.
 */
export function isHarmlessSvg(svg: string): boolean {
  if (!/^\s*<svg\s/.test(svg) || !/<\/svg>\s*$/.test(svg)) return false;
  // One that ends early would leave the rest to be read as HTML.
  if (svg.match(/<\/?svg\b/gi)?.length !== 2) return false;
  const rest = svg.replace(TAG, (tag, _close, name: string, attributes: string) =>
    ELEMENTS.has(name) && areHarmless(attributes) ? '' : tag,
  );
  return !rest.includes('<');
}

function areHarmless(attributes: string): boolean {
  return [...attributes.matchAll(/([A-Za-z0-9:-]+)\s*=\s*"([^"]*)"/g)].every(
    ([, name = '', value = '']) =>
      ATTRIBUTES.test(name) &&
      // What is only read out may say anything: an account may be called "curl (legacy)".
      (name.startsWith('aria-') ||
        !/url\s*\(/i.test(value) ||
        /^url\(['"]?#[\w-]+['"]?\)$/.test(value)),
  );
}
