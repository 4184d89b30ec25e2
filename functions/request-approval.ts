import { requestApproval as ask } from '../steps/approve/request-approval.ts';
import { typedFunction } from './typed-function.ts';

export const requestApproval = typedFunction('RequestApprovalFunctionArn', ask);
