import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KEPT_FILE, readKept } from '../../../local/kept/kept-file.ts';
import { makeKeptClock } from '../../../local/kept/kept-clock.ts';
import { openKept } from '../../../local/kept/kept-organization.ts';
import { keptFolders, keptLines, keptText, orgsweep } from '../../support/organizations/kept.ts';

const folders = keptFolders();
const { scenario } = folders;
afterAll(() => rmSync(folders.root, { recursive: true }));

const BIRTH = new Date('2026-11-21T12:00:00.000Z');
const open = async (keep: string, more: object = {}) =>
  openKept({ keep, scenario, afterMilliseconds: 0, speed: 1, birth: async () => BIRTH, ...more });

/** One that was begun, and closed in good order. */
async function begun(): Promise<string> {
  const keep = folders.next();
  await (await open(keep)).close();
  return keep;
}

const contentOf = (folder: string) =>
  readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);

describe('what is not ours, or can not be read, is refused and left as it is', () => {
  const line = (text: string) => JSON.parse(text.split('\n')[0] ?? '');
  const header = (change: object) => (text: string) =>
    [JSON.stringify({ ...line(text), ...change }), ...text.split('\n').slice(1)].join('\n');

  it.each<[string, (text: string) => string, string]>([
    ['an empty file', () => '', 'line 1 of it is not as orgsweep writes it'],
    ['half a first line', (text) => text.slice(0, 40), 'line 1 of it is not'],
    ['something else', () => '{"hello":1}\n', 'line 1 of it is not'],
    ['no JSON in between', (text) => text.replace(/\n(?=.)/, '\nx\n'), 'line 2 of it is not'],
    ['an unknown line', (text) => `${text}{"frobbed":1}\n`, 'line 4 of it is not'],
    ['no time', (text) => `${text}{"closedAt":"noon"}\n`, 'line 4 of it is not'],
    ['a later format', header({ formatVersion: 2, orgsweep: '9.9.9' }), 'version 9.9.9 began this'],
    ['a new field', header({ more: 1, orgsweep: '9.9.9' }), 'version 9.9.9 began this one'],
    ['what is made up otherwise', header({ fingerprint: 'a'.repeat(64) }), 'version 0.1.0 began'],
    ['no scenario of ours', header({ scenario: { name: 'x' } }), 'scenario "x"'],
    ['no scenario at all', header({ scenario: { file: '{}' } }), '--keep: scenario file'],
  ])('%s', async (_, change, why) => {
    const keep = await begun();
    writeFileSync(path.join(keep, KEPT_FILE), change(keptText(keep)));
    const before = contentOf(keep);
    for (const argv of [['run', '--simulated', '--after', '1d'], ['simulate']]) {
      const { code, stdout, stderr } = await orgsweep(...argv, '--keep', keep);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(why)]);
      expect(stderr.match(/\n/g)).toHaveLength(1);
    }
    expect(contentOf(keep)).toEqual(before);
  });

  it('a folder that has other things in it', async () => {
    const keep = folders.with('notes.txt', 'mine');
    const { code, stderr } = await orgsweep('run', '--simulated', '--keep', keep);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^orgsweep: --keep: ".*" – accepted: an empty folder, one that is not there/,
    );
    expect(contentOf(keep)).toEqual([['notes.txt', 'mine']]);
  });

  it('a file, and a folder in a file', async () => {
    const folder = folders.with('file', '');
    for (const keep of [path.join(folder, 'file'), path.join(folder, 'file', 'k')]) {
      const { code, stderr } = await orgsweep('run', '--simulated', '--keep', keep);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^orgsweep: --keep: .*\(ENOTDIR\)\n$/),
      ]);
    }
  });

  it('for restore, measure, explain and approve: what nobody began', async () => {
    const keep = folders.next();
    mkdirSync(path.join(keep, 'executions', 'e0', 'work'), { recursive: true });
    writeFileSync(path.join(keep, 'executions', 'e0', 'work', 'expected.json'), '{}');
    for (const command of [['restore'], ['explain'], ['approve', '--yes']]) {
      const { code } = await orgsweep(...command, 'e0', '--keep', keep);
      expect(code).toBe(2);
    }
    expect(existsSync(path.join(keep, KEPT_FILE))).toBe(false);
  });
});

describe('its scenario', () => {
  it.each(['default', 'bad-day'])('is not another one, such as %s', async (name) => {
    const keep = await begun();
    const before = contentOf(keep);
    const argv = ['run', '--simulated', '--keep', keep, '--scenario', name];
    const { code, stderr } = await orgsweep(...argv);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`--scenario: "${name}" – accepted:`),
    ]);
    expect(contentOf(keep)).toEqual(before);
  });

  it('may be named again, and its file may be gone', async () => {
    const keep = await begun();
    await (await open(keep)).close();
    const kept = await open(keep, { scenario: undefined });
    expect(kept.organization.accounts).toHaveLength(2);
    await kept.close();
  });
});

it('leaves no trace of a run that was refused: no folder, no moved clock', async () => {
  const unknown = ['--account', '999999999999'];
  const keep = folders.next();
  const first = ['run', '--simulated', '--keep', keep, '--scenario', scenario, ...unknown];
  expect((await orgsweep(...first)).code).toBe(2);
  expect(existsSync(keep)).toBe(false);

  const begunBefore = await begun();
  const before = contentOf(begunBefore);
  const argv = ['run', '--simulated', '--keep', begunBefore, '--after', '14d', ...unknown];
  expect((await orgsweep(...argv)).code).toBe(2);
  expect(contentOf(begunBefore)).toEqual(before);
});

describe('its clock', () => {
  it('stands still while nobody works in it, and moves by --after', async () => {
    const keep = await begun();
    const [, closed] = keptLines(keep);
    const kept = await open(keep, { afterMilliseconds: 86_400_000 });
    const opened = keptLines(keep).at(-1);
    await kept.close();
    const stopped = 'closedAt' in closed! ? Date.parse(closed.closedAt) : NaN;
    expect(opened).toEqual({ openedAt: new Date(stopped + 86_400_000).toISOString() });
  });

  it('says no time that was not set aside before', () => {
    let reached = BIRTH;
    const { now } = makeKeptClock(BIRTH, 1_000_000, (upTo) => (reached = upTo));
    for (let look = 0; look < 1_000; look++) expect(now() <= reached).toBe(true);
    expect(reached > BIRTH).toBe(true);
  });

  it('goes on later than any time that a killed process may have written down', async () => {
    const keep = folders.next();
    const kept = await open(keep, { speed: 100_000 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const last = kept.clock.now();
    const state = readKept(keptText(keep));
    expect('reached' in state && state.reached >= last).toBe(true);
    await kept.close();
  });
});

it('takes a last line that was broken off for not done: nobody was answered', async () => {
  const keep = await begun();
  const whole = keptText(keep);
  writeFileSync(path.join(keep, KEPT_FILE), `${whole}{"at":"2026-11-21T12:00:0`);
  await (await open(keep)).close();
  expect(keptText(keep).startsWith(whole)).toBe(true);
  expect('problem' in readKept(keptText(keep))).toBe(false);
});
