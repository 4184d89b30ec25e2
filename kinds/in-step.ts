import type { RemovableKind } from './kind.ts';
import { type Step, stepNamed } from './removal.ts';

/** A kind, and the step of its removal that some removals are planned for. */
export interface KindInStep extends RemovableKind {
  readonly step: Step<unknown>;
}

/** @throws {InvalidInput} where the kind has no such step */
export function inStep(kind: RemovableKind, step: string | undefined): KindInStep {
  return { ...kind, step: stepNamed(kind.removal, step) };
}
