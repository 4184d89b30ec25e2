import { requestApproval as ask } from '../sweep/request-approval.ts';
import { typedFunction } from './typed-function.ts';

export const requestApproval = typedFunction('RequestApprovalFunctionArn', ask);
