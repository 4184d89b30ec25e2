import { ExecutionId } from '../../core/model/ids.ts';
import { type Received, renderChat, toChatNotification } from '../../report/message/chat.ts';
import { renderText } from '../../report/message/text.ts';
import { Summary } from '../../core/summary/summary.ts';
import type { Deps } from '../deps.ts';
import { keysOf } from '../../store/keys.ts';
import { readJson } from '../../store/stored-json.ts';

export interface ChatMessage {
  readonly notification: string;
  /** TEXT: no summary belongs to the message, or it couldn't be read (`failure`). */
  readonly from: 'SUMMARY' | 'TEXT';
  readonly failure?: string;
}

/**
 * A message as chat shows it: from the summary that it tells of, or from its own text, so that none
 * is lost for want of a file.
 */
export async function chatMessage(
  { store }: Pick<Deps, 'store'>,
  received: Received,
): Promise<ChatMessage> {
  try {
    const summary = await findSummary({ store }, received);
    if (summary !== undefined) return { notification: renderChat(summary), from: 'SUMMARY' };
    return { notification: toChatNotification(received), from: 'TEXT' };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { notification: toChatNotification(received), from: 'TEXT', failure };
  }
}

/** Under the same name there may be another attempt's summary: only that of this very message counts. */
async function findSummary(
  { store }: Pick<Deps, 'store'>,
  { subject, about }: Received,
): Promise<Summary | undefined> {
  const { success, data } = ExecutionId.safeParse(about?.executionId);
  // Asked for approval, an execution has none yet: it isn't looked for.
  if (!success || about?.status === 'APPROVAL_WANTED') return undefined;
  const key = keysOf(data).summary;
  if ((await store.get(key)) === undefined) return undefined;
  const summary = await readJson(store, key, Summary);
  return renderText(summary).subject === subject ? summary : undefined;
}
