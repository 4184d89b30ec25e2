import { pictureOf } from '../../../../report/page/markup/figures.ts';
import { markup, verbatim } from '../../../../report/page/markup/markup.ts';
import { isHarmlessSvg } from '../../../../report/page/markup/harmless-svg.ts';

const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="9">${inner}</svg>`;

it.each([
  svg('<path d="M0,1L2,3" fill="none" stroke="var(--c-stale)"/><text x="1">$12</text>'),
  svg('<g role="graphics-object" aria-roledescription="group"><text x="1">a &lt;b&gt;</text></g>'),
  svg('<defs><clipPath id="c1"><rect x="0"/></clipPath></defs><g clip-path="url(#c1)"></g>'),
])('takes shapes and text: %s', (picture) => {
  expect(isHarmlessSvg(picture)).toBe(true);
});

it.each([
  svg('<script>x</script>'),
  svg('<image href="https://evil.invalid"/>'),
  svg('<a href="javascript:x"><text>x</text></a>'),
  svg('<use href="#x"/>'),
  svg('<foreignObject></foreignObject>'),
  svg('<rect onload="x"/>'),
  svg('<rect style="fill:url(//evil.invalid)"/>'),
  svg('<rect fill="url(//evil.invalid)"/>'),
  svg('<text>a<b</text>'),
  svg('<!-- -->'),
  svg('</svg><title>'),
  svg('<rect x=1/>'),
  `<p>${svg('')}`,
  `${svg('')}<img src="x">`,
])('takes nothing that a picture has no need of: %s', (picture) => {
  expect(isHarmlessSvg(picture)).toBe(false);
});

it('takes what only looks like a reference, where it is read out', () => {
  expect(isHarmlessSvg(svg('<g aria-label="curl (legacy) url(//evil.invalid)"></g>'))).toBe(true);
});

it('leaves out a picture that is not', () => {
  const shown = pictureOf(verbatim(svg('<script>hacked()</script>')), 'a picture').text;
  expect(shown).not.toContain('hacked');
  expect(shown).toContain('The picture was left out');
});

it('shows one that is, as one image with what is said of it', () => {
  const shown = pictureOf(markup`${verbatim(svg('<rect x="1"/>'))}`, 'a "b"').text;
  expect(shown).toContain('role="img" aria-label="a &quot;b&quot;"');
  expect(shown).toContain('<rect x="1"/>');
});
