import { keysOf, leaseKey, PRICES_KEY, historyKeys } from '../../../store/keys.ts';

/** Stands for an execution, account or Region in the keys that are made of them. */
const TARGET = { accountId: '000000000000', region: 'any' };
const OWN = keysOf('EXECUTION');

/** Every file of the store, as `store/keys.ts` names them: what a writer may lay hands on. */
const PATTERNS = {
  expected: OWN.expected,
  accounts: OWN.accounts,
  regions: OWN.regions(TARGET.accountId),
  outcomes: OWN.outcome(TARGET),
  'account outcomes': OWN.accountOutcome(TARGET.accountId),
  findings: OWN.targetFindings(TARGET),
  'foreign references': OWN.foreignReferences(TARGET),
  plan: OWN.plan,
  'removal targets': OWN.removalTargets,
  change: OWN.change,
  ledger: OWN.ledgerBatch(TARGET, 1),
  'removal failures': OWN.removalFailure(TARGET),
  approval: OWN.approval,
  'approval request': OWN.approvalRequest,
  leases: leaseKey(TARGET),
  history: historyKeys.staleSince(TARGET),
  restored: historyKeys.restored(TARGET),
  timeline: historyKeys.timeline,
  prices: PRICES_KEY,
} as const;
export type OwnFile = keyof typeof PATTERNS;

/** Besides these, all files of the executions before. */
export const FILE_KINDS = [...(Object.keys(PATTERNS) as OwnFile[]), 'other executions'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const MATCHERS = Object.entries(PATTERNS).map(([kind, pattern]) => ({
  kind: kind as OwnFile,
  // An account's own outcome is called "account" where a target's has its Region.
  regExp: new RegExp(
    `^${pattern
      .replaceAll('.', '\\.')
      .replace('EXECUTION', '([^/]+)')
      .replace('000000000000', '\\d{12}')
      .replace('/any', '/(?!account\\b)[^/]+')
      .replace('000001', '\\d{6}')}$`,
  ),
}));

/** What an object of the store is; undefined for what only people read. */
export function ownFileOf(key: string): OwnFile | undefined {
  return MATCHERS.find(({ regExp }) => regExp.test(key))?.kind;
}

/** The execution whose folder it is in. */
export function executionOf(key: string): string | undefined {
  return /^executions\/([^/]+)\//.exec(key)?.[1];
}

/** Whether a key is a file of that kind, as an execution sees it. */
export function isOfKind(key: string, kind: FileKind, executionIds: readonly string[]): boolean {
  const execution = executionOf(key);
  const isOther = execution !== undefined && !executionIds.includes(execution);
  if (kind === 'other executions') return isOther;
  return !isOther && ownFileOf(key) === kind;
}
