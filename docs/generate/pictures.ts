// `npm run pictures`: the sample report and the pictures of the README, made of real runs on the
// simulated organization. They show what these runs showed, so they are never quite the same: look
// at them before you commit.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import serialize from '@xterm/addon-serialize';
import xterm from '@xterm/headless';
import type { Browser } from 'playwright-core';
import { main } from '../../local/cli/cli.ts';
import type { Terminal } from '../../local/terminal/terminal.ts';
import { findBrowser, openBrowser } from '../../test/support/browser.ts';

const COLUMNS = 116;
/** What stands in the pictures for the folder they were made in; that one is short, so that no line with it is broken. */
const SHOWN_FOLDER = '/home/you/out';
const SHOWN_KEPT = '/home/you/try';

const folder = path.resolve(import.meta.dirname, '../pictures');
const temporary = mkdtempSync(path.join(tmpdir(), 'os-'));
const out = path.join(temporary, 'out');
const kept = path.join(temporary, 'try');

try {
  const report = shown(await reportOfThirdWeek());
  writeFileSync(path.resolve(import.meta.dirname, '../sample-report.html'), report);
  const screen = await runOnScreen('run --simulated --scenario bad-day', path.join(out, 'bad-day'));
  // The fonts that come with the browser have no letters of one width: a terminal needs the machine's.
  const program = findBrowser();
  const { FONTCONFIG_FILE: _ownFonts, ...env } = program.env;
  const ofTerminal = await openBrowser({ ...program, env });
  try {
    await refuseUnequalLetters(ofTerminal);
    await takePicture(ofTerminal, 'terminal', screenPage(shown(screen)), { width: 1024 });
  } finally {
    await ofTerminal.close();
  }
  const browser = await openBrowser(program);
  try {
    await takePicture(browser, 'report', report, { width: 1200, height: 1000 });
    await takePicture(browser, 'report-pictures', report, { width: 1200, part: '#pictures' });
    await takePicture(browser, 'report-findings', report, {
      ...{ width: 1200, part: '#findings' },
      press: '#findings .toggle',
    });
  } finally {
    await browser.close();
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** One report a week, so that the last one has a trend and can tell what changed. */
async function reportOfThirdWeek(): Promise<string> {
  const week = `run --simulated --keep ${kept}`;
  for (const after of ['', ' --after 7d', ' --after 7d']) await runOnScreen(week + after);
  const last = readdirSync(path.join(out, 'executions')).sort().at(-1) ?? '';
  return readFileSync(path.join(out, 'executions', last, 'report.html'), 'utf8');
}

/** Runs the CLI on a terminal, and gives what stands on its screen at the end, as HTML. */
async function runOnScreen(command: string, into = out): Promise<string> {
  const screen = new xterm.Terminal({ cols: COLUMNS, rows: 70, allowProposedApi: true });
  const serializer = new serialize.SerializeAddon();
  // The addon asks for the browser's Terminal, of which it uses what the headless one has.
  serializer.activate(screen as never);
  const write = (text: string) => screen.write(text.replaceAll('\n', '\r\n'));
  const terminal: Terminal = {
    stdout: write,
    stderr: write,
    stdoutIsTerminal: true,
    stderrIsTerminal: true,
    movesCursor: true,
    color: true,
    columns: () => COLUMNS,
    onInterrupt: () => () => undefined,
    exit: (code) => process.exit(code),
  };
  write(`$ orgsweep ${command}\n`);
  await main([...command.split(' '), '--out', into], terminal);
  await new Promise<void>((resolve) => screen.write('', resolve));
  screen.resize(COLUMNS, screen.buffer.active.cursorY + 1);
  const html = serializer.serializeAsHTML({ includeGlobalBackground: false });
  // The serializer knows one palette; its red and green are too dark for this ground.
  return html.replaceAll('#cc0000', '#ff8a80').replaceAll('#4e9a06', '#7bd88f');
}

function screenPage(screen: string): string {
  const style =
    'body{margin:0;background:#101418;color:#d5dbe1;padding:14px 18px}' +
    'div,pre{font:14px/1.35 "DejaVu Sans Mono",ui-monospace,monospace!important;white-space:pre;' +
    'color:inherit!important;background:none!important;margin:0}';
  return `<!doctype html><html lang="en"><title>orgsweep</title><style>${style}</style>${screen}</html>`;
}

/** @throws {Error} where the machine has no font whose letters are all as wide */
async function refuseUnequalLetters(browser: Browser): Promise<void> {
  const tab = await browser.newPage();
  await tab.setContent(screenPage('<pre><span id="i">iiii</span> <span id="m">MMMM</span></pre>'));
  const [narrow, wide] = await Promise.all(
    ['#i', '#m'].map(async (id) => (await tab.locator(id).boundingBox())?.width),
  );
  await tab.close();
  if (narrow !== wide) throw new Error('no monospaced font is installed: add DejaVu Sans Mono');
}

function shown(text: string): string {
  return text
    .replaceAll(path.join(out, 'bad-day'), SHOWN_FOLDER)
    .replaceAll(out, SHOWN_FOLDER)
    .replaceAll(kept, SHOWN_KEPT);
}

interface View {
  readonly width: number;
  /** Left out: all of the page. */
  readonly height?: number;
  /** What of the page is to be seen. */
  readonly part?: string;
  /** What is pressed first, by key: the list of contents stays above everything. */
  readonly press?: string;
}

async function takePicture(
  browser: Browser,
  name: string,
  html: string,
  { width, height, part, press }: View,
): Promise<void> {
  const file = path.join(temporary, `${name}.html`);
  writeFileSync(file, html);
  const tab = await browser.newPage({
    // So that a style may be added below.
    bypassCSP: true,
    viewport: { width, height: height ?? 10 },
    colorScheme: 'light',
    deviceScaleFactor: 1.5,
  });
  await tab.goto(`file://${file}`);
  if (press !== undefined) await tab.locator(press).first().press('Enter');
  const shot =
    part === undefined
      ? await tab.screenshot({ fullPage: height === undefined })
      : await tab.locator(part).screenshot({ style: 'nav { position: static !important }' });
  writeFileSync(path.join(folder, `${name}.png`), shot);
  await tab.close();
}
