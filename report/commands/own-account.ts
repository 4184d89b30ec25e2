import type { Summary } from '../../core/summary/summary.ts';

type Of = Partial<Pick<Summary, 'startedBy'>>;

/** Whether no account but the caller's own was to be looked at. */
export function isOwnAccount({ startedBy }: Of): boolean {
  return startedBy?.options.includes('--self') ?? false;
}

/** How much all that was scanned is. */
export function ownAccountInWords(of: Of): string[] {
  return isOwnAccount(of)
    ? [
        'No other account was scanned (--self): what they may use is held back. To see that, run it from the management or delegated account, without --self.',
      ]
    : [];
}
