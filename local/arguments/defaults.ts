/** What options may say, and what holds without them: help, parser and completion go by it. */
export const DEFAULT_OUT = './orgsweep-out';
export const MODES = ['report', 'delete'] as const;
export const SCENARIO_NAMES = ['default', 'bad-day', 'empty'] as const;
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];
export const DEFAULT_TOP = 20;
export const DEFAULT_MAX_REQUESTS = 20_000;
export const FORMATS = ['table', 'csv', 'json'] as const;
/** Of findings in a table. */
export const DEFAULT_ROWS = 50;
/** Of runs, where a person reads the list. */
export const DEFAULT_LISTED = 20;

/** The spoke roles where no others are named; the simulated organization has the same. */
export const DEFAULT_ROLE_NAMES = {
  discovery: 'orgsweep-discovery',
  deletion: 'orgsweep-deletion',
  restore: 'orgsweep-restore',
} as const;
