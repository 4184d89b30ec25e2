import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SCRIPT, STYLE } from '../../../report/page/browser.generated.ts';
import { generatedModule } from '../../../tools/packaging/browser-module.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';

const file = path.resolve(import.meta.dirname, '../../../report/page/browser.generated.ts');

it('is made of browser/ and style/ as they are; npm run docs writes it', async () => {
  expect(readFileSync(file, 'utf8') === (await generatedModule()).module).toBe(true);
});

it('stays small', () => {
  expect(Buffer.byteLength(SCRIPT + STYLE)).toBeLessThan(90_000);
});

it('ends neither its script nor its style, and has no way to make markup or ask a server', () => {
  expect(`${SCRIPT}${STYLE}`).not.toMatch(/<\/(script|style)|<!--/i);
  expect(SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(|new Function|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(/,
  );
  expect(STYLE).not.toMatch(/url\(|@import/);
});

it('names in its policy the very bytes that are in the page', () => {
  const page = aReport({ findings: someFindings(1) });
  const [, policy = ''] = /Security-Policy"\s+content="([^"]*)"/.exec(page) ?? [];
  const of = (tag: string) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '';
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');
  const said = policy.replaceAll('&#39;', "'");
  expect(said).toContain(`script-src 'sha256-${hash(of('script'))}';`);
  expect(said).toContain(`style-src 'sha256-${hash(of('style'))}';`);
  expect(said).toContain("default-src 'none'");
});

it('has no style or handler in its markup, and loads nothing', () => {
  const page = aReport({ findings: someFindings(60) })
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<style>[\s\S]*?<\/style>/, '');
  expect(page).not.toMatch(/<[^>]*\s(style|on[a-z]+|src|srcset|action|formaction|ping|poster)=/i);
  const links = [...page.matchAll(/\shref="([^"]*)"/g)].map(([, link]) => link);
  const outside = links.filter((link) => !link?.startsWith('#'));
  // Its icon is in the page, and the page of the run before lies beside this one.
  expect(outside).toEqual([
    expect.stringMatching(/^data:image\/svg\+xml,[\w%.-]+$/),
    '../weekly-2026-11-14/report.html',
    'https://aws.amazon.com/ebs/pricing/',
  ]);
});
