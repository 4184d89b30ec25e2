import { lookAt } from '../../core/outcome/kind-look.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import { day } from '../format/dates.ts';
import { inSeries, saidOf } from '../words/reason-words.ts';
import { REMOVAL_WORDS } from '../words/removal-words.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { RestoreLine } from '../../core/removal/restore.ts';
import type { Explanation, Trace } from './explanation.ts';
import { heldBecause } from './held-because.ts';
import { broughtBack } from './made-again.ts';

type Story = Explanation['executions'][number];

/** The newest execution that tells what became of the resource. */
export function latestOf({ executions }: Explanation): Story | undefined {
  return executions.find(
    ({ finding, removal }) => finding !== null || removal?.outcome === 'REMOVED',
  );
}

/** Is it stale, and why is it gone or isn't it? In a few sentences. @param own words of its kind */
export function answer(
  of: Explanation,
  inWords: (finding: Finding) => readonly string[],
  own: KindWords | undefined,
): readonly string[] {
  const latest = latestOf(of);
  if (latest === undefined) {
    const [newest] = of.executions;
    return [
      'No run here has it among its findings.',
      ...(newest === undefined ? [] : [fateOf(newest, own)]),
    ];
  }
  const { executionId, finding, removal, startedAt } = latest;
  const verdict = finding === null ? [] : inWords(finding).slice(0, 1);
  if (removal?.outcome === 'REMOVED') {
    return [
      goneOrBack(`${executionId} deleted it on ${day(removal.at)}`, broughtBack(latest)),
      ...verdict.map((sentence) => sentence.replace(/^It is /, 'It was ')),
    ];
  }
  const when = startedAt === null ? '' : ` on ${day(startedAt)}`;
  return [
    ...verdict,
    fateOf(latest, own),
    `That is what ${executionId} saw${when}.`,
    ...notListedSince(of, latest),
  ];
}

/** What was made again is another one: who has its old id finds nothing by it. */
function goneOrBack(by: string, back: RestoreLine | null): string {
  if (back === null) return `It is gone: ${by}.`;
  return back.newId === undefined
    ? `It is there again: ${by}, and it was restored on ${day(back.at)}.`
    : `It is gone: ${by}. In its place there is ${back.newId}, another one that a restore made again on ${day(back.at)}.`;
}

/** Later executions that saw its account and Region completely, and didn't list it. */
function notListedSince({ kind, executions }: Explanation, latest: Story): string[] {
  const later = executions.slice(0, executions.indexOf(latest));
  const blank = later.find(
    ({ target }) =>
      target !== null &&
      lookAt(target, kind).status === 'COMPLETE' &&
      (target.excluded === undefined || target.looks?.[kind] !== undefined),
  );
  if (blank === undefined) return [];
  return [
    `${blank.executionId} scanned that Region later and did not list it: by then it was in use, or gone.`,
  ];
}

/** What became of it in an execution that isn't known to have removed it. */
function fateOf(
  { finding, removal, held, planned, plan, approval, unreadable }: Story,
  own: KindWords | undefined,
): string {
  if (removal !== null && removal.outcome !== 'REMOVED') {
    const why = removal.reasons.map((reason) => saidOf(own, reason));
    return `${REMOVAL_WORDS[removal.outcome].now}${why.length === 0 ? '' : ` (${inSeries(why)})`}.`;
  }
  if (held !== null) {
    const why = inSeries(held.held.map((reason) => heldBecause(reason, finding, held, own)));
    return `It is still there, because it is held back: ${why}.`;
  }
  if (finding !== null && finding.verdict !== 'STALE')
    return finding.verdict === 'KEEP'
      ? 'So it stays.'
      : 'So it stays: only what is known to be unused can be deleted.';
  if (own?.isOnlyReported) return 'It is still there: orgsweep only reports its kind.';
  if (plan === null) return 'It is still there: no plan was made.';
  if (planned === null)
    return unreadable.length > 0
      ? "It is still there. Not everything could be read, so why it wasn't deleted isn't known."
      : "It is still there: the plan doesn't mention it.";
  if (plan.status === 'PREVIEW')
    return 'It is still there, as that run only reported: a delete run with its plan would delete it.';
  return fateOfPlanned(plan.approval === 'none' ? 'APPROVED' : (approval?.decision ?? null));
}

function fateOfPlanned(decision: NonNullable<Trace['approval']>['decision'] | null): string {
  switch (decision) {
    case null:
      return 'It is still there: its deletion is planned, and waits for somebody to approve the plan.';
    case 'REJECTED':
      return 'It is still there: its deletion was planned, and the plan was rejected.';
    case 'EXPIRED':
      return 'It is still there: its deletion was planned, and nobody approved the plan in time.';
    case 'APPROVED':
      return 'Its deletion is planned. Whether it was made is not known.';
  }
}
