import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { figuresOf } from '../../../core/prices/figures.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { BY_HAND } from '../../../tools/real-account/by-hand.ts';
import { policyDocument } from '../../../tools/real-account/policy.ts';
import { costUsd, PROBES } from '../../../tools/real-account/table.ts';
import {
  BIN_SHOWS_SECONDS,
  RESTORE_SHOWS_SECONDS,
} from '../../../tools/real-account/probes/recycle-bin.ts';
import {
  DELETION_SHOWS_SECONDS,
  MARKER_SHOWS_SECONDS,
} from '../../../tools/real-account/probes/snapshots.ts';
import { NOT_IN_SIMULATION } from '../../../tools/real-account/not-in-simulation.ts';
import { WRITE_ACTIONS } from '../../../tools/real-account/sandbox/write-actions.ts';
import { everyAction } from '../../support/aws/every-action.ts';
import { root } from '../../docs/page.ts';

const GIB_OF_SNAPSHOTS = 5;
const DAYS_A_MONTH = 28;

describe('the table of probes', () => {
  it.each([...PROBES, ...BY_HAND].flatMap(({ assumedIn }) => assumedIn.split(', ')))(
    'says where it is assumed: %s',
    (file) => expect(existsSync(path.join(root, file))).toBe(true),
  );

  it.each([
    ['steps/remove/marking.ts', 'MARKER_WAIT_MILLISECONDS', MARKER_SHOWS_SECONDS],
    ['core/removal/tries.ts', 'DELETION_SHOWS_MILLISECONDS', DELETION_SHOWS_SECONDS],
    ['steps/remove/recycle-bin.ts', 'SEEN_WITHIN_MILLISECONDS', BIN_SHOWS_SECONDS],
    ['steps/restore/restore-target.ts', 'SETTLED_WITHIN_MILLISECONDS', RESTORE_SHOWS_SECONDS],
  ])('expects of AWS the time that %s waits (%s)', (file, name, seconds) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    const [, value = ''] = new RegExp(`const ${name} = ([\\d_]+);`).exec(source) ?? [];
    expect(Number(value.replaceAll('_', '')) / 1000).toBe(seconds);
  });

  it('names only reasons that orgsweep has', () => {
    const codes = PROBES.flatMap(({ otherwise, expected }) => [
      ...`${otherwise} ${expected}`.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g),
    ]).map(([code]) => code);
    expect(codes).toContain('MARKER_NOT_SEEN');
    const reasons = [
      'core/words/snapshot-words.ts',
      'report/words/reason-words.ts',
      'core/outcome/outcome.ts',
    ].map((file) => readFileSync(path.join(root, file), 'utf8'));
    for (const code of codes) expect(reasons.join('\n')).toContain(code);
  });

  it('names of the simulation only probes that there are', () => {
    const names = PROBES.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(NOT_IN_SIMULATION)));
  });

  it('costs at least what AWS asks for a day of what it makes, in the dearest Region', () => {
    const dearest = (figure: string) =>
      Math.max(
        ...figuresOf(PRICES.builtIn).flatMap((one) => (one.figure === figure ? [one.usd] : [])),
      );
    const volume = dearest('volumeUsdPerGiBMonth.gp3');
    const snapshots = dearest('standardUsdPerGiBMonth');
    expect(volume).toBeGreaterThan(0.08);
    const day = (volume + GIB_OF_SNAPSHOTS * snapshots) / DAYS_A_MONTH;
    expect(costUsd(true) - costUsd(false)).toBeGreaterThan(day);
  });
});

describe('the policy', () => {
  const statements = policyDocument().Statement;
  const allowed = statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);
  const denied = statements
    .filter(({ Effect }) => Effect === 'Deny')
    .flatMap(({ Action }) => Action);

  it('allows what each probe needs, and denies none of it', () => {
    const needed = PROBES.flatMap(({ iam }) => iam);
    expect(allowed).toEqual(expect.arrayContaining(needed));
    expect(needed.filter((action) => denied.includes(action))).toEqual([]);
  });

  it('allows all that the writing clients let out', () =>
    expect(allowed).toEqual(expect.arrayContaining([...WRITE_ACTIONS])));

  it('names actions that there are, and in what reads none that AWS does not call reading', async () => {
    const services = [...new Set([...allowed, ...denied].map((one) => one.split(':')[0] ?? ''))];
    const known = new Map(
      (await everyAction(services)).map(({ name, accessLevel }) => [name, accessLevel]),
    );
    expect([...allowed, ...denied].filter((action) => !known.has(action))).toEqual([]);
    const reads = statements.filter(({ Sid }) => /^(Read|ToSeeADenial)$/.test(Sid));
    const levels = reads.flatMap(({ Action }) => Action.map((action) => known.get(action)));
    expect([...new Set(levels)].toSorted()).toEqual(['List', 'Read']);
  });

  it('lets nothing be deleted that the script did not make', () => {
    const deleting = statements.filter(({ Action }) =>
      Action.some((action) => /^ec2:(Delete|Deregister|Disable|Lock|Unlock)/.test(action)),
    );
    expect(deleting.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      ['ChangeWhatWasMade', { StringEquals: { 'aws:ResourceTag/orgsweep:real-account': 'true' } }],
    ]);
  });
});
