import { openBrowser } from './test/support/browser.ts';
const [file, name] = process.argv.slice(2);
const b = await openBrowser();
for (const w of [1400, 800, 400]) {
  const t = await b.newPage({ viewport: { width: w, height: w===400?1600:1100 } });
  await t.goto(`file://${file}`);
  await t.screenshot({ path: `/tmp/l2/${name}-${w}.png` });
  if (w===1400) { const { writeFileSync } = await import('node:fs'); writeFileSync(`/tmp/l2/${name}.page.txt`, await t.locator('body').innerText()); }
  await t.close();
}
await b.close();
