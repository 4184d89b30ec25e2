import { type AttachedSpan, attachedSpans, touches } from '../model/attachments.ts';
import type { SimVolume } from '../model/organization.ts';

/** Who had which volume before it was last changed: EC2 doesn't tell, CloudWatch goes by it. */
export class AttachmentLog {
  readonly #past = new Map<string, AttachedSpan[]>();
  readonly #since = new Map<string, number>();

  /** To be called with the volume as it was before it is changed or taken away. */
  note(before: SimVolume, isRunning: (instanceId: string) => boolean, now: Date): void {
    const { volumeId } = before;
    const ended = this.#sinceLastChange(before, isRunning).map((span) => ({
      ...span,
      to: Math.min(span.to, now.getTime()),
    }));
    this.#past.set(volumeId, [...(this.#past.get(volumeId) ?? []), ...ended]);
    this.#since.set(volumeId, now.getTime());
  }

  /** @param current undefined: it is gone */
  wasAttached(
    volumeId: string,
    current: SimVolume | undefined,
    isRunning: (instanceId: string) => boolean,
    { from, to }: { readonly from: Date; readonly to: Date },
  ): boolean {
    const spans = [
      ...(this.#past.get(volumeId) ?? []),
      ...(current === undefined ? [] : this.#sinceLastChange(current, isRunning)),
    ];
    return spans.some((span) => touches(span, from.getTime(), to.getTime()));
  }

  #sinceLastChange(volume: SimVolume, isRunning: (instanceId: string) => boolean): AttachedSpan[] {
    const since = this.#since.get(volume.volumeId) ?? -Infinity;
    return attachedSpans(volume, isRunning).map((span) => ({
      ...span,
      from: Math.max(span.from, since),
    }));
  }
}
