export const HELP = `orgsweep finds stale AWS resources across an AWS Organization, proves why each one is stale,
removes what it was told to remove, and sends one honest summary.

  orgsweep run [options]        run the whole state machine here, in this process
  orgsweep start [options]      start the deployed one
  orgsweep watch EXECUTION_ID   follow an execution of the deployed one to its end
  orgsweep approve EXECUTION_ID let an execution remove what its plan says
  orgsweep reject EXECUTION_ID  let it remove nothing
  orgsweep explain RESOURCE_ID  tell why a resource was or wasn't removed, in each execution known
  orgsweep measure EXECUTION_ID measure what the dearest stale resources it found really take
  orgsweep restore EXECUTION_ID bring back from the Recycle Bin what an execution removed
  orgsweep simulate [options]   serve the simulated organization to any AWS SDK or the AWS CLI
  orgsweep --help, --version

orgsweep run
  --simulated                on the simulated organization: no AWS account, no credentials
  --scenario NAME|FILE       which one: default, bad-day, empty, or a JSON file (with --simulated)
  --input FILE|JSON          the execution input; flags go over it
  --account ID               only this account; may be given more than once
  --region REGION            only this Region; may be given more than once
  --mode report|delete       report is the default, and changes nothing
  --enable-deletion          without it, delete is refused
  --plan EXECUTION_ID        remove from exactly the list that an earlier execution planned
  --retry EXECUTION_ID       look at exactly what that execution did not see completely, by the same
                             policy and limits; it removes only if --mode delete asks for it again
  --out DIR                  where executions/ and history/ go; default ./orgsweep-out
  --role-name NAME           the discovery role; default orgsweep-discovery
  --deletion-role-name NAME  the deletion role; default orgsweep-deletion
  --self                     only the caller's own account: no Organizations, no role
  --topic ARN                publish the summary to this SNS topic, too
  --json                     print summary.json instead of the text, and nothing else

  Credentials and Region come from the AWS SDK's standard chain, another endpoint from
  AWS_ENDPOINT_URL.

orgsweep start
  --input, --account, --region, --mode, --plan, --retry    as for run
  --hub [NAME]               the SSM parameter of the hub; default /orgsweep/hub
  --name NAME                the execution's; default: the minute, the mode and a hash of the input, so
                             that the same command sent twice within a minute starts one execution
  --watch                    follow it to its end, and exit as run does
  --json                     what was started; with --watch: summary.json

  It acts as the hub's operator role, which it assumes unless the caller is it.

orgsweep watch EXECUTION_ID
  --hub [NAME]               as for start
  --json                     print summary.json instead of the text

  Ctrl-C stops watching, and not the execution.

orgsweep approve EXECUTION_ID, orgsweep reject EXECUTION_ID
  --digest SHA256            of the plan that was read: no other is decided on
  --hub [NAME]               of an execution of this hub; default where ./orgsweep-out doesn't have it
  --out DIR                  of a run on this computer
  --json                     the same for machines

orgsweep explain RESOURCE_ID
  --hub [NAME]               what the hub's bucket says, instead of a folder
  --out DIR                  where executions/ and history/ are; default ./orgsweep-out
  --json                     the same for machines

orgsweep measure EXECUTION_ID
  --top N                    of the volumes whose stale snapshots may cost most; default 20
  --max-requests N           never more of the requests that cost money; default 20000
  --yes                      without asking; else it says what it takes, and asks on a terminal
  --out DIR                  where executions/ and history/ are; default ./orgsweep-out
  --role-name NAME           the discovery role; default orgsweep-discovery
  --self                     only the caller's own account: no role
  --json                     the same for machines; without --yes the estimate alone

  Lists blocks through the EBS direct APIs, and never reads what is in them. Ctrl-C stops it; the
  same command goes on with what isn't measured yet.

orgsweep restore EXECUTION_ID
  --hub [NAME]               what a deployed execution removed, as the hub's operator role
  --resource ID              only this resource; may be given more than once
  --dry-run                  tell what would be restored, and change nothing
  --out DIR                  where executions/ and history/ are; default ./orgsweep-out
  --restore-role-name NAME   the restore role; default orgsweep-restore
  --self                     only the caller's own account: no role
  --json                     the same for machines

orgsweep simulate
  --port N                   default 0: any free port
  --scenario NAME|FILE       default: default
  --hub                      with orgsweep deployed in it: Step Functions, functions, bucket, parameter
  --enable-deletion          let the deployed one remove (with --hub)

Exit codes
  0 complete · 1 unexpected error · 2 bad input or usage · 3 partial coverage, or not all measured
  4 plan refused or not approved · 5 removals incomplete, or not all restored
  130 stopped by a second Ctrl-C, or stopped watching by the first

Examples
  orgsweep run --simulated
  orgsweep run --simulated --scenario bad-day
  orgsweep run --simulated --mode delete --enable-deletion --input '{"policy":{"graceDays":0}}'
  orgsweep run --self --region eu-west-1
  orgsweep run --account 111122223333 --input policy.json --json > summary.json
  orgsweep explain snap-0123456789abcdef0
  orgsweep measure 20261121T060000-report-a1b2c3 --top 5
  orgsweep restore 20261121T060000-delete-a1b2c3 --dry-run
  orgsweep simulate --port 4599 --hub
  orgsweep start --account 111122223333 --watch
  orgsweep start --mode delete --plan 20261123T0600Z-report-1a2b3c4d --watch
`;
