import { Option } from 'commander';
import { DEFAULT_HUB_NAME } from '../../core/input/hub-name.ts';
import {
  DEFAULT_OUT,
  DEFAULT_ROLE_NAMES,
  FORMATS,
  MODES,
  SCENARIO_NAMES,
} from '../arguments/defaults.ts';

/**
 * Options that several commands have. Parser, help, completion and docs/commands.md all go by them.
 * In square brackets, a value may be left out. The name of a value says what is completed: FILE, DIR
 * or EXECUTION_ID.
 */

const INPUT = 'What it scans and does:';
const ACCESS = 'Accounts and roles:';
const SIMULATED = 'Simulated organization:';
const OUTPUT = 'Output:';

/** One that may be given more than once: `parseArg` tells. */
export function many(flags: string, says: string): Option {
  return new Option(flags, `${says}; may be given more than once`).argParser(
    (value: string, before: readonly string[] = []) => [...before, value],
  );
}

/** The values that are completed. Each is parsed by its schema, as every other value. */
function oneOf(flags: string, says: string, values: readonly string[]): Option {
  const option = new Option(flags, says);
  option.argChoices = [...values];
  return option;
}

/** What findings are filtered by. Several values of one option: any of them. Several options: all of them. */
export const FILTERS: readonly Option[] = [
  many('--account <ID,...>', 'of these accounts'),
  many('--unit <ID|PATH>', 'of accounts directly in this organizational unit: "Workloads / Prod"'),
  many('--region <REGION,...>', 'in these Regions'),
  many('--kind <KIND,...>', 'of these kinds, such as ebs-snapshot'),
  many('--reason <CODE,...>', 'for one of these reasons, such as VOLUME_MISSING'),
  many('--next <CODE,...>', 'whose next step or result is PLANNED, HELD, IN_GRACE, REMOVED'),
  many('--verdict <CODE,...>', 'STALE, UNKNOWN or KEEP'),
  many('--tag <KEY[=VALUE]>', 'with this tag'),
  new Option('--min-age-days <N>', 'at least so old'),
  new Option('--min-size-gib <N>', 'at least so large'),
  new Option('--min-usd <N>', 'that cost at least so much a month'),
  many('--text <WORDS>', 'with all these words in id, names, tags, reasons or evidence'),
  new Option('--all', 'also kept resources that the run listed'),
].map((option) => option.helpGroup('Which findings:'));

/** The options that make the execution input; the same for `run` and `start`. */
export const INPUT_OPTIONS: readonly Option[] = [
  new Option('--input <FILE|JSON>', 'the input of the run; flags override it'),
  many('--account <ID>', 'only this account'),
  many('--region <REGION>', 'only this Region'),
  many('--kind <KIND,...>', 'scan only these kinds, such as ebs-snapshot'),
  many('--remove <KIND,...>', 'kinds that delete mode may delete; default ebs-snapshot'),
  oneOf('--mode <report|delete>', 'report is the default, and changes nothing', MODES),
  new Option('--plan <EXECUTION_ID>', 'delete only what the plan of an earlier run lists'),
  new Option(
    '--retry <EXECUTION_ID>',
    'scan only what that run could not finish, by its policy and limits; it deletes only with --mode delete',
  ),
].map((option) => option.helpGroup(INPUT));

export const RESUME = new Option(
  '--resume <EXECUTION_ID>',
  'resume a run that failed after its scan, under its id, without a new scan; if it made no plan, within 24 hours of its start; if it deletes, only with --mode delete',
).helpGroup(INPUT);

export function scenario(says: string): Option {
  return oneOf('--scenario <NAME|FILE>', says, SCENARIO_NAMES).helpGroup(SIMULATED);
}
export function keep(says: string): Option {
  return new Option('--keep <DIR>', says).helpGroup(SIMULATED);
}
export const KEPT = keep(
  'on the simulated organization that is kept in DIR; also the folder of executions/ and history/',
);
/** Of a command that reads files only. */
export const KEPT_FILES = keep('read the simulated organization kept in DIR, in place of --out');
export const AFTER = new Option(
  '--after <DURATION>',
  'first move the clock of the kept organization forward, for good: 90m, 36h, 14d, 2w (with --keep)',
).helpGroup(SIMULATED);

export const DISCOVERY_ROLE = role('--role-name', 'discovery');
export const DELETION_ROLE = role('--deletion-role-name', 'deletion');
export const RESTORE_ROLE = role('--restore-role-name', 'restore');
export const SELF = self("only the caller's own account: no role");

export function self(says: string): Option {
  return new Option('--self', says).helpGroup(ACCESS);
}

/** The hub that a command works on: the default one where no name follows. */
export function hub(says: string): Option {
  return new Option('--hub [NAME]', says);
}
/** Of a command that reads files only. */
export const HUB_FILES = hub("read the hub's bucket, not a folder");
export const HUB = hub(`the SSM parameter of the hub; default ${DEFAULT_HUB_NAME}`);

export function out(says: string): Option {
  return new Option('--out <DIR>', says).helpGroup(OUTPUT);
}
export const OUT = out(`where executions/ and history/ are; default ${DEFAULT_OUT}`);
export const TOPIC = new Option(
  '--topic <ARN>',
  'publish the summary to this SNS topic, too',
).helpGroup(OUTPUT);
export const FAIL_ON = many(
  '--fail-on <CONDITION,...>',
  'exit with 6 if, after a complete run, one of these holds or is not known: "stale>COUNT", "cost>USD", "coverage<PERCENT"; in quotation marks, as shells take > and < for themselves',
).helpGroup(OUTPUT);
export const SUMMARY = new Option(
  '--summary <FILE>',
  'append a summary in Markdown to FILE, such as "$GITHUB_STEP_SUMMARY"',
).helpGroup(OUTPUT);
export const FORMAT = oneOf(
  '--format <table|csv|json>',
  'table at a terminal, else csv',
  FORMATS,
).helpGroup(OUTPUT);
export const QUIET = new Option('--quiet', 'no progress on stderr, only errors').helpGroup(OUTPUT);
export function limit(says: string): Option {
  return new Option('--limit <N>', says).helpGroup(OUTPUT);
}
export function json(says: string): Option {
  return new Option('--json', says).helpGroup(OUTPUT);
}
export const JSON_OUT = json('print JSON');

function role(flag: string, name: keyof typeof DEFAULT_ROLE_NAMES): Option {
  const says = `the ${name} role; default ${DEFAULT_ROLE_NAMES[name]}`;
  return new Option(`${flag} <NAME>`, says).helpGroup(ACCESS);
}
