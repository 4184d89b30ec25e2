/** What orgsweep assumes of AWS and no script in one account can see. */
export interface ByHand {
  readonly fact: string;
  readonly assumedIn: string;
  readonly matters: string;
  /** How a person settles it. */
  readonly how: string;
}

export const BY_HAND: readonly ByHand[] = [
  {
    fact: 'Resources that AWS services managed before April 2026 are hidden, and IncludeManagedResources shows them.',
    assumedIn: 'kinds/ebs-snapshot/listing.ts',
    matters: 'What they use could look unused.',
    how: 'In an account with EKS Auto Mode or ECS Managed Instances: compare `aws ec2 describe-volumes` with and without `--include-managed-resources`, and look for the volumes in a report.',
  },
  {
    fact: 'A snapshot of a Storage Gateway volume names the volume by the id that the gateway lists, capitals aside.',
    assumedIn: 'kinds/ebs-snapshot/sources/storage-gateway-volumes.ts',
    matters: 'A snapshot of a gateway volume could look like one whose volume is gone.',
    how: 'Where there is a Volume Gateway: run `orgsweep run --self`, and `orgsweep explain` a snapshot of its volume. It must be kept as used.',
  },
  {
    fact: "A denial by a service control policy has the words “service control policy” in AWS's message.",
    assumedIn: 'aws/answers/aws-error.ts',
    matters:
      'The steps for the gap would be those of a plain denial. Nothing is deleted either way.',
    how: 'In the sandbox organization: deny `ec2:DescribeVolumes` in one Region by a policy, run a report, and read the gap. It must be DENIED_BY_SCP.',
  },
  {
    fact: 'An IAM policy sees the tag `orgsweep:delete` at the latest a minute after it was set.',
    assumedIn: 'core/removal/refusal.ts',
    matters: 'Deletions would be told as denied, and wait for the next run.',
    how: 'In the sandbox organization: delete one snapshot with a deployed hub, and look at `removals.jsonl` for DENIED.',
  },
  {
    fact: 'The bin shows fifty deletions as it shows one.',
    assumedIn: 'steps/remove/recycle-bin.ts',
    matters: 'Deletions would stop, told as NOT_SEEN_IN_RECYCLE_BIN.',
    how: 'In the sandbox organization: delete 50 empty snapshots under a Recycle Bin rule, and look for NOT_SEEN_IN_RECYCLE_BIN.',
  },
  {
    fact: 'EC2 refuses to delete a snapshot of AWS Backup, and names AWS Backup in its words.',
    assumedIn: 'kinds/ebs-snapshot/refusal.ts',
    matters: 'It would be told as FAILED instead of PROTECTED. Such snapshots are not planned.',
    how: 'Make a recovery point of an empty volume, then `aws ec2 delete-snapshot` its snapshot and read the answer.',
  },
  {
    fact: 'EC2 refuses to delete a snapshot that has fast restore on, and says so in its words.',
    assumedIn: 'kinds/ebs-snapshot/refusal.ts',
    matters: 'It would be told as FAILED instead of PROTECTED. Such snapshots are not planned.',
    how: 'Enable fast restore for one snapshot in one zone ($0.75 for an hour, at least one hour), and delete the snapshot.',
  },
  {
    fact: 'DescribeSnapshotTierStatus tells a restore from the archive that is over for as long as the snapshot is there.',
    assumedIn: 'kinds/ebs-snapshot/sources/tier-changes.ts',
    matters: 'Such a snapshot stays, or is planned a few days early.',
    how: 'Archive a small snapshot, restore it for one day, and look again after a week. The archive bills 90 days.',
  },
  {
    fact: 'Fast restore is billed while it is being enabled and disabled.',
    assumedIn: 'kinds/ebs-snapshot/billing.ts',
    matters: 'The cost shown is an upper bound either way.',
    how: 'Compare an hour of it with the bill of the next day.',
  },
  {
    fact: 'A StackSet that is service-managed puts the roles into every account of its OUs, and into none outside.',
    assumedIn: 'infra/spoke/spoke-stack-sets.ts',
    matters: 'An account without the role is a gap.',
    how: 'Deploy the hub. Run a report. Move an account from one OU to the other, and run it again.',
  },
  {
    fact: 'Organizations tells of each account its state and its path.',
    assumedIn: 'aws/services/organizations.ts',
    matters: 'An account whose state or path is not told is a gap, and nothing is deleted in it.',
    how: 'In the sandbox organization: run a report, close one account, and run it again.',
  },
  {
    fact: 'IAM reads the trust policies and the session policies of the roles as the simulation of IAM in the tests does.',
    assumedIn: 'infra/spoke/spoke-trust.ts',
    matters: 'Accounts would be gaps; or somebody could use a role who should not.',
    how: 'In the deployed hub: run a report. Then try `aws sts assume-role` for the discovery and the deletion role as an administrator of the hub account: it must be denied.',
  },
  {
    fact: 'Step Functions runs the definition as the interpreter on one machine does, errors and retries included.',
    assumedIn: 'statemachine/sweep.asl.json',
    matters: 'A run could end without its summary. What was deleted is in the ledger.',
    how: 'In the deployed hub: remove the role from one account and run a report. It must end, PARTIAL, with that account as a gap.',
  },
  {
    fact: 'Where a function has no room, Step Functions sees Lambda.TooManyRequestsException, and waits as the definition says.',
    assumedIn: 'statemachine/sweep.asl.json',
    matters: 'A minute without room would end a run.',
    how: 'In the deployed hub: give the function of Plan a reserved concurrency of 0, start a run, and take it away after two minutes. The run must end as if nothing had been.',
  },
  {
    fact: 'The key policy lets the functions of the hub call GenerateMac, and nobody else.',
    assumedIn: 'infra/hub/seal-key.ts',
    matters: 'The hub would stop at its first step; or somebody could forge a file.',
    how: 'In the deployed hub: run a report. Then call `aws kms generate-mac` with the key as an administrator who is not a function of the hub: it must be denied.',
  },
  {
    fact: 'GetExecutionHistory gives the output of a state whole, up to 256 KiB.',
    assumedIn: 'aws/hub/executions.ts',
    matters:
      'An execution could not be taken up again, and `start --watch` could not tell why it ended.',
    how: 'In the deployed hub: `aws stepfunctions get-execution-history` of a report over as many accounts as you have. No event may say `truncated: true`.',
  },
  {
    fact: 'EventBridge fills in the text of a mail about a run that ended without a summary, and sends it as one line with one pair of quotes.',
    assumedIn: 'infra/hub/monitoring/silent-endings.ts',
    matters: 'Such a mail would be hard to read, or not come.',
    how: 'In the deployed hub: stop an execution with `aws stepfunctions stop-execution`, and read the mail.',
  },
  {
    fact: 'SNS takes every subject and message that orgsweep makes, and mail shows them as text.',
    assumedIn: 'report/message/sns-message.ts',
    matters: 'A summary could be missing in the mailbox.',
    how: 'In the deployed hub: subscribe a mailbox, run a report and an approval, and compare the mails with those in docs/operating.md.',
  },
  {
    fact: 'The key of the topic lets EventBridge and CloudWatch publish, and needs no condition on the account where EventBridge does.',
    assumedIn: 'infra/hub/hub-topic.ts',
    matters: 'No mail would come of alarms and of executions that ended without a summary.',
    how: 'As above: stop an execution, and wait for the mail.',
  },
  {
    fact: 'The tags by which products are known (Compute Optimizer Automation, Application Migration Service, Image Builder, partners) are those that they set today.',
    assumedIn: 'kinds/tags/table.ts',
    matters:
      'A snapshot that only its tag protects could be told as unused. Its last copy and what is in use stay.',
    how: 'Where you use such a product: look in a report at one of its snapshots, and at its tags.',
  },
  {
    fact: 'Amazon Q in chat shows the message as it is meant.',
    assumedIn: 'report/message/chat.ts',
    matters: 'The summary may be missing in Slack or Teams. Mail does not depend on it.',
    how: 'Connect a channel as docs/operating.md says, run a report, and look at the channel.',
  },
  {
    fact: 'The alarms of the hub go off when a run fails and when none has run. The second one sends a mail.',
    assumedIn: 'infra/hub/monitoring/hub-alarms.ts',
    matters: 'Nobody would notice that the weekly report is missing.',
    how: 'In the deployed hub: deny its role one permission, start a run, and look at the alarms in the console. Disable the schedule for the time that the alarm is set to, and wait for the mail.',
  },
  {
    fact: 'Amounts in docs/operating.md, section 10, are what AWS bills.',
    assumedIn: 'docs/generate/cost/quantities.ts',
    matters: 'The cost of running it. It was counted on the simulation.',
    how: 'Compare a month of a deployed hub with the bill.',
  },
];
