import type { Archetype } from '../archetype.ts';
import { archetype, attachedTo, keep, stale } from '../archetype.ts';

/** Tags and descriptions that break spreadsheets, pages and careless code. */
export const ODD_ARCHETYPES: readonly Archetype[] = [
  archetype('spreadsheet-formulas', {
    volume: 'missing',
    snapshots: [
      stale('VOLUME_MISSING', { tags: { Name: "=cmd|' /C calc'!A0" } }),
      stale('VOLUME_MISSING', { tags: { Name: '+1+1', '=SUM(A1:A9)': '-2+3' } }),
      stale('VOLUME_MISSING', { tags: { Name: '@SUM(1+1)*cmd' }, description: '=1+1' }),
    ],
  }),
  archetype('markup', {
    volume: 'missing',
    snapshots: [
      stale('VOLUME_MISSING', { tags: { Name: '<script>alert(1)</script>' } }),
      stale('VOLUME_MISSING', {
        tags: { Name: '"quoted", and \'quoted\'', 'R&D <team>': '&amp;' },
        description: '</description><snapshotId>snap-1</snapshotId> ]]> "x" \'y\'',
      }),
    ],
  }),
  archetype('unicode', {
    volume: attachedTo('running'),
    snapshots: [
      keep(['IN_USE'], { tags: { Name: 'バックアップ 🗄️', größe: 'müßig' } }),
      keep(['IN_USE'], { tags: { Name: '\u202Egpj.exe' }, description: 'naïve – “dump”' }),
    ],
  }),
  archetype('odd-tags', {
    volume: 'missing',
    snapshots: [
      stale('VOLUME_MISSING', { tags: { Name: '', team: '', empty: '' }, description: '' }),
      stale('VOLUME_MISSING', { tags: { hasOwnProperty: 'yes', Name: '{"json": [1, 2]}' } }),
      stale('VOLUME_MISSING', {
        tags: { Name: `long-${'x'.repeat(251)}` },
        description: 'a comma, a semicolon; and "a line\nbreak"',
      }),
    ],
  }),
];
