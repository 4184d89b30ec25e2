/** What the help says of one command. */
export interface CommandHelp {
  /** After "orgsweep". */
  readonly usage: string;
  readonly says: string;
  readonly options: string;
  /** Instead of `options` in the overview of all commands, where another one's say the same. */
  readonly optionsInOverview?: string;
  readonly more?: string;
  readonly examples: readonly string[];
  /** What its exit codes mean, besides those of every command. */
  readonly exits: Readonly<Record<number, string>>;
}

const INPUT = `\
  --input FILE|JSON          the execution input; flags override it
  --account ID               only this account; may be given more than once
  --region REGION            only this Region; may be given more than once
  --mode report|delete       report is the default, and changes nothing
`;
const EARLIER = `\
  --plan EXECUTION_ID        remove from exactly the list that an earlier execution planned
  --retry EXECUTION_ID       look at exactly what that execution did not see completely, by the same
                             policy and limits; it removes only if --mode delete asks for it again
`;
const RESUME = `\
  --resume EXECUTION_ID      take up again what failed after its scan, under its own id, without
                             scanning anew: within 24 hours of its start where no plan was made; a run
                             that deletes only together with --mode delete
`;
const HUB = `\
  --hub [NAME]               the SSM parameter of the hub; default /orgsweep/hub
`;
const START = `\
  --name NAME                the execution's; default: the minute, the mode and a hash of the input, so
                             that the same command sent twice within a minute starts one execution
  --watch                    follow it to its end, and exit as run does
  --quiet                    no progress on stderr, only errors
  --json                     what was started; with --watch: summary.json
`;
const KEPT = `\
  --keep DIR                 on the simulated organization that is kept in DIR; also the folder of
                             executions/ and history/
`;
const AFTER = `\
  --after 14d                first move the clock of the kept organization forward, for good: 90m, 36h,
                             14d, 2w (with --keep)
`;
const ENDINGS = {
  0: 'complete',
  3: 'partial coverage',
  4: 'plan refused or not approved',
  5: 'removals incomplete',
};
const DECIDE_OPTIONS = `\
  --digest SHA256            of the plan that was read: no other is decided on
  --hub [NAME]               of an execution of this hub; default where ./orgsweep-out doesn't have it
  --out DIR                  of a run on this computer
  --keep DIR                 of a run on the simulated organization that is kept in DIR
  --json                     print JSON
`;
const DECIDED = { 0: 'the decision holds', 4: 'another decision stands' };

export const COMMANDS: Readonly<Record<string, CommandHelp>> = {
  run: {
    usage: 'run [options]',
    says: 'run the whole state machine here, in this process',
    options: `\
  --simulated                on the simulated organization: no AWS account, no credentials
  --scenario NAME|FILE       scenario to simulate: default, bad-day, empty, or a JSON file
  --keep DIR                 keep the simulated organization in DIR, for the next run and for restore:
                             its changes, its Recycle Bin, its clock, executions/ and history/
${AFTER}\
${INPUT}\
  --enable-deletion          without it, delete is refused
${EARLIER}\
  --out DIR                  where executions/ and history/ go; default ./orgsweep-out
  --role-name NAME           the discovery role; default orgsweep-discovery
  --deletion-role-name NAME  the deletion role; default orgsweep-deletion
  --self                     only the caller's own account: no Organizations, no role
  --topic ARN                publish the summary to this SNS topic, too
  --quiet                    no progress on stderr, only errors
  --json                     print summary.json instead of the text, and nothing else
`,
    more: `\
  Credentials, Region, proxies and certificates are read as the AWS CLI reads them, another
  endpoint from AWS_ENDPOINT_URL.
`,
    examples: [
      'run --simulated',
      'run --simulated --scenario bad-day',
      'run --simulated --keep try',
      'run --simulated --keep try --after 14d --mode delete --enable-deletion',
      `run --simulated --mode delete --enable-deletion --input '{"policy":{"graceDays":0}}'`,
      'run --self --region eu-west-1',
      'run --account 111122223333 --input policy.json --json > summary.json',
    ],
    exits: { ...ENDINGS, 130: 'stopped by a second Ctrl-C' },
  },
  start: {
    usage: 'start [options]',
    says: 'start the deployed state machine',
    options: `${INPUT}${EARLIER}${RESUME}${HUB}${START}`,
    optionsInOverview: `\
  --input, --account, --region, --mode, --plan, --retry    as for run
${RESUME}${HUB}${START}`,
    more: `\
  It acts as the hub's operator role, which it assumes unless the caller is it.
`,
    examples: [
      'start --account 111122223333 --watch',
      'start --mode delete --plan 20261123T0600Z-report-1a2b3c4d --watch',
      'start --resume 20261123T0600Z-report-1a2b3c4d --watch',
    ],
    exits: { ...ENDINGS, 0: 'started; with --watch: complete', 130: 'stopped watching by Ctrl-C' },
  },
  watch: {
    usage: 'watch EXECUTION_ID',
    says: 'follow an execution of the deployed state machine to its end',
    options: `\
${HUB}\
  --quiet                    no progress on stderr, only errors
  --json                     print summary.json instead of the text
`,
    more: `\
  Ctrl-C stops watching, and not the execution.
`,
    examples: ['watch 20261123T0600Z-report-1a2b3c4d'],
    exits: { ...ENDINGS, 130: 'stopped watching by Ctrl-C' },
  },
  approve: {
    usage: 'approve EXECUTION_ID',
    says: 'let a run delete what its plan says',
    options: `\
  --yes                      approve without being asked; needed where there is no terminal
${DECIDE_OPTIONS}`,
    more: `\
  Shows the plan that waits, then asks. Only yes approves it, and only the plan that was shown.
`,
    examples: ['approve 20261123T0600Z-delete-1a2b3c4d'],
    exits: { ...DECIDED, 1: 'nobody typed yes, so nothing was decided' },
  },
  reject: {
    usage: 'reject EXECUTION_ID',
    says: 'let a run delete nothing; asks nothing',
    options: DECIDE_OPTIONS,
    examples: ['reject 20261123T0600Z-delete-1a2b3c4d'],
    exits: DECIDED,
  },
  explain: {
    usage: 'explain RESOURCE_ID',
    says: 'explain why a resource was or was not deleted, run by run',
    options: `\
  --hub [NAME]               what the hub's bucket says, instead of a folder
  --out DIR                  where executions/ and history/ are; default ./orgsweep-out
${KEPT}\
  --json                     print JSON
`,
    examples: ['explain snap-0123456789abcdef0'],
    exits: { 0: 'explained', 2: 'bad input or usage, or no execution lists it' },
  },
  measure: {
    usage: 'measure EXECUTION_ID',
    says: 'count what deleting the most expensive unused resources would free',
    options: `\
  --top N                    of the volumes whose stale snapshots may cost most; default 20
  --max-requests N           never more of the requests that cost money; default 20000
  --yes                      without asking; else it says what it takes, and asks on a terminal
  --out DIR                  where executions/ and history/ are; default ./orgsweep-out
${KEPT}${AFTER}\
  --role-name NAME           the discovery role; default orgsweep-discovery
  --self                     only the caller's own account: no role
  --quiet                    no progress on stderr, only errors
  --json                     print JSON; without --yes the estimate alone
`,
    more: `\
  Lists blocks through the EBS direct APIs, and never reads what is in them. Ctrl-C stops it; the
  same command goes on with what isn't measured yet.
`,
    examples: ['measure 20261121T060000-report-a1b2c3 --top 5'],
    exits: {
      0: 'all measured, or nobody agreed',
      3: 'not all measured',
      130: 'stopped by a second Ctrl-C',
    },
  },
  restore: {
    usage: 'restore EXECUTION_ID',
    says: 'bring back from the Recycle Bin what an execution removed',
    options: `\
  --hub [NAME]               what a deployed execution removed, as the hub's operator role
  --resource ID              only this resource; may be given more than once
  --dry-run                  tell what would be restored, and change nothing
  --out DIR                  where executions/ and history/ are; default ./orgsweep-out
${KEPT}${AFTER}\
  --restore-role-name NAME   the restore role; default orgsweep-restore
  --self                     only the caller's own account: no role
  --quiet                    no progress on stderr, only errors
  --json                     print JSON
`,
    examples: [
      'restore 20261121T060000-delete-a1b2c3 --dry-run',
      'restore 20261121T060000-delete-a1b2c3 --keep try',
    ],
    exits: { 0: 'all restored', 5: 'not all restored' },
  },
  prices: {
    usage: 'prices [options]',
    says: "show the prices that amounts are by, or update them from AWS's price list",
    options: `\
  --update                   ask AWS's Price List API (pricing:GetProducts, free), and write all prices
                             to prices.json; where anything is wrong with them, the old ones stay
  --yes                      also in place of a prices.json of your own, without asking
  --hub [NAME]               prices of this hub, in its bucket
  --out DIR                  prices of runs on this computer; default ./orgsweep-out
  --quiet                    no progress on stderr, only errors
  --json                     print JSON
`,
    examples: ['prices --hub', 'prices --update', 'prices --update --hub'],
    exits: {
      0: 'shown, or updated, or nobody agreed',
      2: 'bad input or usage, or no credentials',
      3: 'not updated: the old prices stay',
    },
  },
  simulate: {
    usage: 'simulate [options]',
    says: 'serve the simulated organization to any AWS SDK or the AWS CLI',
    options: `\
  --port N                   default 0: any free port
  --scenario NAME|FILE       default: default; with --hub, a file that is saved changes what goes wrong
  --keep DIR                 keep it in DIR, with whatever clients change (not with --hub)
${AFTER}\
  --hub                      with orgsweep deployed in it: Step Functions, functions, bucket, parameter
  --config DIR|FILE|JSON     deploy it as cdk.context.json has it, roles and Recycle Bin rules too; a
                             folder has a file for each hub. A file that is saved is deployed again, one
                             that goes is destroyed (with --hub)
  --enable-deletion          let the deployed one remove (with --hub, without --config)
`,
    examples: [
      'simulate --port 4599 --hub',
      'simulate --port 4599 --hub --scenario organization.json --config cdk.context.json',
      'simulate --keep try --after 14d',
    ],
    exits: { 0: 'stopped by Ctrl-C' },
  },
};
