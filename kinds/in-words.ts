import { evidenceInWords } from '../report/words/evidence-words.ts';
import type { Finding } from '../core/model/verdict.ts';
import type { Kind } from './kind.ts';

/** Findings as sentences, each by its own kind; what no kind knows is told field by field. */
export function inWordsOf(kinds: readonly Kind[]): (finding: Finding) => readonly string[] {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  return (finding) => byName.get(finding.kind)?.inWords(finding) ?? evidenceInWords(finding);
}
