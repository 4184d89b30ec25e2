import { permissionsOf } from '../../kinds/registry.ts';
import type { Purpose } from '../../adapters/spoke-session.ts';

const ROLES: readonly (readonly [Purpose, string, string])[] = [
  ['discover', 'orgsweep-discovery', 'reads; no write at all'],
  ['remove', 'orgsweep-deletion', "tags with orgsweep's marker, and deletes what carries it"],
  ['restore', 'orgsweep-restore', 'brings back from the Recycle Bin, and protects'],
];

/** The tables of `docs/iam-permissions.md`: what a session of each role asks for, from the kinds. */
export function permissionTables(): string {
  return ROLES.map(([purpose, role, what]) =>
    [
      `### ${role}: ${what}`,
      '',
      '```json',
      JSON.stringify(
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: permissionsOf(purpose), Resource: '*' }],
        },
        null,
        2,
      ),
      '```',
    ].join('\n'),
  ).join('\n\n');
}
