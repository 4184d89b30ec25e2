import { summarizeExecution } from '../sweep/summarize-execution.ts';
import { typedFunction } from './typed-function.ts';

export const summarize = typedFunction('SummarizeFunctionArn', summarizeExecution);
