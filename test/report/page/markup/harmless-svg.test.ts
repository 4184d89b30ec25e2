import { chartsOf } from '../../../../report/page/charts/index.ts';
import { isHarmlessSvg } from '../../../../report/page/markup/harmless-svg.ts';
import { everythingToShow } from '../../../support/summaries/chart-summaries.ts';
import { A_CHART, aReport, someFindings } from '../../../support/report-pages.ts';

const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="9">${inner}</svg>`;

it.each([
  A_CHART.svg,
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

it('takes the charts of accounts and units that are called like a reference', async () => {
  const summary = everythingToShow();
  const name = 'team-curl (legacy) url(//evil.invalid)';
  for (const share of Object.values(summary.byAccount)) Object.assign(share, { accountName: name });
  for (const unit of Object.values(summary.byOrganizationalUnit)) Object.assign(unit, { name });
  const charts = await chartsOf(summary);
  expect(charts.filter(({ svg: picture }) => picture.includes('curl (legacy)'))).not.toEqual([]);
  expect(charts.filter(({ svg: picture }) => !isHarmlessSvg(picture))).toEqual([]);
});

it('leaves out a picture that is not, and keeps its figures', () => {
  const page = aReport({
    findings: someFindings(1),
    charts: [{ ...A_CHART, svg: svg('<script>hacked()</script>') }],
  });
  expect(page).not.toContain('hacked');
  expect(page).toContain('The picture was left out');
  expect(page).toContain('<bdi>complete</bdi>');
});
