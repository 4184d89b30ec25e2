import { Option } from 'commander';
import * as options from './command-options.ts';
import {
  DEFAULT_LISTED,
  DEFAULT_MAX_REQUESTS,
  DEFAULT_OUT,
  DEFAULT_ROWS,
  DEFAULT_TOP,
} from '../arguments/defaults.ts';

/**
 * The commands: parser, help, completion and docs/commands.md all go by this table. It imports
 * nothing heavy, because help and a misspelt word should cost no more than that.
 */
export interface CommandSpec {
  /** The one thing that it is about; left out: it takes options only. */
  readonly about?: 'EXECUTION_ID' | 'RESOURCE_ID' | 'SHELL';
  /** It may be left out, and is the newest then. */
  readonly mayBeNewest?: true;
  readonly says: string;
  /** The heading that it stands under in `orgsweep --help`. */
  readonly group: string;
  readonly options: readonly Option[];
  readonly more?: string;
  /** After "orgsweep". */
  readonly examples: readonly string[];
  /** What its exit codes mean, besides those of every command. */
  readonly exits: Readonly<Record<number, string>>;
}

const HERE = 'On this computer:';
const ON_A_HUB = 'On a deployed hub:';
const ON_BOTH = 'On both:';

const ENDINGS = {
  0: 'complete',
  3: 'partial coverage',
  4: 'plan refused or not approved',
  5: 'not all deleted',
  6: 'complete, and a condition of --fail-on holds or is not known',
};
const DECIDED = { 0: 'the decision holds', 4: 'another decision stands' };

const DECIDE_OPTIONS = [
  new Option('--digest <SHA256>', 'decide only on the plan with this digest'),
  options.out('of a run on this computer'),
  options.keep('of a run on the simulated organization that is kept in DIR'),
  options.hub(`of a run of this hub; default if ${DEFAULT_OUT} doesn't have it`),
  options.JSON_OUT,
];

export const COMMANDS = {
  run: {
    says: 'scan and report here; delete only if asked',
    group: HERE,
    options: [
      new Option(
        '--simulated',
        'on the simulated organization: no AWS account, no credentials',
      ).helpGroup('Simulated organization:'),
      options.scenario('what to simulate: default, bad-day, empty, or a JSON file'),
      options.keep(
        'keep the simulated organization in DIR, for the next run and for restore: its changes, its Recycle Bin, its clock, executions/ and history/',
      ),
      options.AFTER,
      ...options.INPUT_OPTIONS,
      new Option('--enable-deletion', 'allow --mode delete').helpGroup('What it scans and does:'),
      options.out(`where executions/ and history/ go; default ${DEFAULT_OUT}`),
      options.DISCOVERY_ROLE,
      options.DELETION_ROLE,
      options.self("only the caller's own account: no Organizations, no role"),
      options.TOPIC,
      options.FAIL_ON,
      options.SUMMARY,
      options.QUIET,
      options.json('print summary.json instead of the text, and nothing else'),
      // Of `start`; somebody may look for it here, and is told.
      new Option('--resume [EXECUTION_ID]').hideHelp(),
    ],
    more: 'Credentials, Region, proxies and certificates are read as in the AWS CLI. AWS_ENDPOINT_URL sets another endpoint.',
    examples: [
      'run --simulated',
      'run --simulated --scenario bad-day',
      'run --simulated --keep try',
      'run --simulated --keep try --after 14d --mode delete --enable-deletion',
      `run --simulated --mode delete --enable-deletion --input '{"policy":{"graceDays":0}}'`,
      'run --self --region eu-west-1',
      'run --account 111122223333 --input policy.json --json > summary.json',
      `run --fail-on 'stale>100,cost>500'`,
    ],
    exits: { ...ENDINGS, 130: 'stopped by a second Ctrl-C' },
  },
  start: {
    says: 'start the deployed state machine',
    group: ON_A_HUB,
    options: [
      ...options.INPUT_OPTIONS,
      options.RESUME,
      options.HUB,
      new Option(
        '--name <NAME>',
        'name of the run; default: the minute, the mode and a hash of the input, so the same command sent twice in a minute starts one run',
      ),
      new Option('--watch', 'follow it to its end, and exit as run does'),
      options.FAIL_ON,
      options.SUMMARY,
      options.QUIET,
      options.json('what was started; with --watch: summary.json'),
    ],
    more: "It acts as the hub's operator role, which it assumes unless the caller is it.",
    examples: [
      'start --account 111122223333 --watch',
      'start --mode delete --plan 20261123T0600Z-report-1a2b3c4d --watch',
      'start --resume 20261123T0600Z-report-1a2b3c4d --watch',
    ],
    exits: { ...ENDINGS, 0: 'started; with --watch: complete', 130: 'stopped watching by Ctrl-C' },
  },
  watch: {
    about: 'EXECUTION_ID',
    says: 'follow a run of the deployed state machine to its end',
    group: ON_A_HUB,
    options: [
      options.HUB,
      options.FAIL_ON,
      options.SUMMARY,
      options.QUIET,
      options.json('print summary.json instead of the text'),
    ],
    more: 'Ctrl-C stops watching, and not the run.',
    examples: ['watch 20261123T0600Z-report-1a2b3c4d'],
    exits: { ...ENDINGS, 130: 'stopped watching by Ctrl-C' },
  },
  approve: {
    about: 'EXECUTION_ID',
    says: 'let a run delete what its plan says',
    group: ON_BOTH,
    // Only what deletes is asked about.
    options: [
      ...DECIDE_OPTIONS,
      new Option('--yes', 'approve without being asked; needed where there is no terminal'),
    ],
    more: 'Shows the plan that waits, then asks. Only yes approves it, and only the plan that was shown.',
    examples: ['approve 20261123T0600Z-delete-1a2b3c4d'],
    exits: { ...DECIDED, 1: 'nobody typed yes, so nothing was decided' },
  },
  reject: {
    about: 'EXECUTION_ID',
    says: 'reject the plan of a run, without asking',
    group: ON_BOTH,
    options: DECIDE_OPTIONS,
    examples: ['reject 20261123T0600Z-delete-1a2b3c4d'],
    exits: DECIDED,
  },
  findings: {
    about: 'EXECUTION_ID',
    mayBeNewest: true,
    says: 'print what a run (by default the newest) found: what needs action, or what you filter for',
    group: ON_BOTH,
    options: [
      ...options.FILTERS,
      options.FORMAT,
      options.limit(
        `so many, unused ones first, then by cost; default ${DEFAULT_ROWS} in a table, else all, account by account`,
      ),
      options.OUT,
      options.KEPT_FILES,
      options.HUB_FILES,
      new Option('--quiet', 'nothing on stderr but errors').helpGroup('Output:'),
      options.json('the same as --format json'),
    ],
    more: 'Several values of one option: any of them. Several options: all of them. How many findings there are, their size and their cost are on stderr.',
    examples: [
      'findings',
      'findings --account 111122223333 --min-usd 10',
      'findings --reason VOLUME_MISSING --tag team=platform --format csv > findings.csv',
      'findings 20261121T060000-report-a1b2c3 --next HELD --json',
    ],
    exits: { 0: 'printed', 3: 'some of its files could not be read' },
  },
  list: {
    says: 'list the runs: when, how they ended, what was unused and saved',
    group: ON_BOTH,
    options: [
      options.limit(`so many, the newest first; default ${DEFAULT_LISTED}, with --json all`),
      options.OUT,
      options.KEPT_FILES,
      options.HUB_FILES,
      options.JSON_OUT,
    ],
    examples: ['list', 'list --json --limit 1', 'list --hub'],
    exits: { 0: 'listed' },
  },
  open: {
    about: 'EXECUTION_ID',
    mayBeNewest: true,
    says: 'open the page of a run in the browser; by default of the newest',
    group: ON_BOTH,
    options: [
      new Option('--print', 'only print where the page is'),
      options.OUT,
      options.KEPT_FILES,
      options.HUB_FILES,
    ],
    more: 'Where no browser can be started, it says where the page is. The page of a hub is copied into a temporary folder first.',
    examples: ['open', 'open 20261121T060000-report-a1b2c3', 'open --print'],
    exits: { 0: 'opened, or printed where it is' },
  },
  explain: {
    about: 'RESOURCE_ID',
    says: 'explain why a resource was or was not deleted, run by run',
    group: ON_BOTH,
    options: [options.OUT, options.KEPT_FILES, options.HUB_FILES, options.JSON_OUT],
    examples: ['explain snap-0123456789abcdef0'],
    exits: { 0: 'explained', 2: 'bad input or usage, or no run lists it' },
  },
  measure: {
    about: 'EXECUTION_ID',
    says: 'count what deleting the most expensive unused resources would free',
    group: HERE,
    options: [
      new Option(
        '--top <N>',
        `the N volumes with the costliest unused snapshots; default ${DEFAULT_TOP}`,
      ),
      new Option(
        '--max-requests <N>',
        `never more of the requests that cost money; default ${DEFAULT_MAX_REQUESTS}`,
      ),
      new Option('--yes', 'do not ask; else it shows requests and cost, and asks on a terminal'),
      options.OUT,
      options.KEPT,
      options.AFTER,
      options.DISCOVERY_ROLE,
      options.SELF,
      options.QUIET,
      options.json('print JSON; without --yes the estimate alone'),
    ],
    more: "Lists blocks through the EBS direct APIs, and never reads what is in them. Ctrl-C stops it; the same command goes on with what isn't measured yet.",
    examples: ['measure 20261121T060000-report-a1b2c3 --top 5'],
    exits: {
      0: 'all measured, or nobody agreed',
      3: 'not all measured',
      130: 'stopped by a second Ctrl-C',
    },
  },
  restore: {
    about: 'EXECUTION_ID',
    says: 'restore what a run deleted, from the Recycle Bin or its final copy',
    group: ON_BOTH,
    options: [
      options.many('--resource <ID>', 'only this resource'),
      new Option('--dry-run', 'tell what would be restored, and change nothing'),
      options.OUT,
      options.KEPT,
      options.AFTER,
      options.hub("what a run of the hub deleted, as the hub's operator role"),
      options.RESTORE_ROLE,
      options.SELF,
      options.QUIET,
      options.JSON_OUT,
    ],
    examples: [
      'restore 20261121T060000-delete-a1b2c3 --dry-run',
      'restore 20261121T060000-delete-a1b2c3 --keep try',
    ],
    exits: { 0: 'all restored', 5: 'not all restored' },
  },
  prices: {
    says: "show the prices behind amounts, or update them from AWS's price list",
    group: ON_BOTH,
    options: [
      new Option(
        '--update',
        "ask AWS's Price List API (pricing:GetProducts, free), and write all prices to prices.json; where anything is wrong with them, the old ones stay",
      ),
      new Option('--yes', 'also in place of a prices.json of your own, without asking'),
      options.hub('prices of this hub, in its bucket'),
      options.out(`prices of runs on this computer; default ${DEFAULT_OUT}`),
      options.QUIET,
      options.JSON_OUT,
    ],
    examples: ['prices --hub', 'prices --update', 'prices --update --hub'],
    exits: {
      0: 'shown, or updated, or nobody agreed',
      2: 'bad input or usage, or no credentials',
      3: 'not updated: the old prices stay',
    },
  },
  simulate: {
    says: 'serve the simulated organization to any AWS SDK or the AWS CLI',
    group: HERE,
    options: [
      new Option('--port <N>', 'default 0: any free port'),
      options.scenario(
        'what to simulate: default, bad-day, empty, or a JSON file; with --hub, saving the file changes the faults',
      ),
      options.keep('keep it in DIR, with whatever clients change (not with --hub)'),
      options.AFTER,
      new Option(
        '--hub',
        'with orgsweep deployed in it: Step Functions, functions, bucket, parameter',
      ),
      new Option(
        '--config <DIR|FILE|JSON>',
        'deploy it as cdk.context.json has it, roles and Recycle Bin rules too; a folder has a file for each hub. Saving a file deploys its hub again, removing it destroys the hub (with --hub)',
      ),
      new Option('--enable-deletion', 'allow the hub to delete (with --hub, without --config)'),
    ],
    examples: [
      'simulate --port 4599 --hub',
      'simulate --port 4599 --hub --scenario organization.json --config cdk.context.json',
      'simulate --keep try --after 14d',
    ],
    exits: { 0: 'stopped by Ctrl-C' },
  },
  completion: {
    about: 'SHELL',
    says: 'print the completion script for bash, zsh or fish',
    group: HERE,
    options: [],
    more: 'Start a new shell afterwards. In bash this takes the package bash-completion; without it, put this line into ~/.bashrc: source <(orgsweep completion bash)',
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/orgsweep',
      'completion zsh > "${fpath[1]}/_orgsweep"',
      'completion fish > ~/.config/fish/completions/orgsweep.fish',
    ],
    exits: { 0: 'printed' },
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof COMMANDS;
