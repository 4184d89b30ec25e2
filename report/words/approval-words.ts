import type { ApprovalInBrief } from '../../core/plan/approval.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { minute } from '../format/moment.ts';

/** Who decided: what AWS says of them, or only their own computer. */
export function deciderInWords({ by }: Pick<ApprovalInBrief, 'by'>): string {
  if (by === null) return 'nobody';
  return by.verified ? cut(by.caller, 200) : `${cut(by.caller, 60)} (a local user, not verified)`;
}

/** How the wait ended, as a sentence. */
export function approvalInWords(approval: ApprovalInBrief): string {
  return approval.removalsAllowed
    ? `Approved by ${deciderInWords(approval)} on ${minute(approval.at)}`
    : `Not carried out: ${notApprovedInWords(approval)}`;
}

/** Why a plan that had to be approved wasn't carried out. */
export function notApprovedInWords(approval: Summary['approval']): string {
  if (approval === null) return 'the plan needed approval, and no decision is known';
  const who = deciderInWords(approval);
  switch (approval.decision) {
    case 'REJECTED':
      return `the plan was rejected by ${who} on ${minute(approval.at)}`;
    case 'EXPIRED':
      return `the plan was not approved: no decision by ${minute(approval.at)}`;
    case 'APPROVED':
      return `${who} approved on ${minute(approval.at)}, but too late or not this plan`;
  }
}
