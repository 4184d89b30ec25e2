import { makeFolderStore } from '../../store/folder/folder-store.ts';
import type { Store } from '../../store/store.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { ActsAs } from '../../core/model/acts-as.ts';
import { exitCodeOf } from '../../core/summary/exit-code.ts';
import type { LineageToMeasure } from '../../core/measure/measurable.ts';
import {
  chooseLineages,
  experienceOf,
  likelyInAll,
  smallestFirst,
} from '../../kinds/ebs-snapshot/measure/choice.ts';
import { estimateMeasuring, requestsFor } from '../../kinds/ebs-snapshot/measure/estimate.ts';
import { lineageKey, type MeasuredLineage } from '../../core/measure/measured.ts';
import {
  costOfRequests,
  renderEstimate,
  renderMeasured,
  renderNothingFits,
} from '../../kinds/ebs-snapshot/measure/text.ts';
import { kindNamed } from '../../kinds/among.ts';
import { KINDS } from '../../kinds/registry.ts';
import { Expected, pricesOf } from '../../steps/expected.ts';
import { keysOf } from '../../store/keys.ts';
import { readJson } from '../../store/stored-json.ts';
import { readLastCopies, readMeasurable } from '../../kinds/ebs-snapshot/measure/lineages.ts';
import {
  type MeasureDeps,
  measureLineages,
  type MeasureRequest,
} from '../../kinds/ebs-snapshot/measure/run.ts';
import { readMeasured } from '../../kinds/ebs-snapshot/measure/log.ts';
import { listenForInterrupts } from '../progress/interrupts.ts';
import type { MeasureArguments } from '../arguments/measure-arguments.ts';
import { showStatus } from '../progress/status-line.ts';
import { refuseKeptFolder, refuseSimulated } from '../kept/marker.ts';
import { asGiven, elsewhere, executionsOf, noSuchExecution } from '../terminal/not-found.ts';
import { withEnvironment } from './with-environment.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

/**
 * `orgsweep measure`: what the stale resources that may cost most really take. Says beforehand what
 * that costs, and sends nothing until somebody agrees.
 *
 * @returns the exit code
 * @throws {InvalidInput} where there is no such execution, or it was a simulated one
 */
export async function measure(args: MeasureArguments, terminal: Terminal): Promise<number> {
  const store = makeFolderStore(args.out);
  const place = asGiven(args.out);
  refuseKeptFolder(args.out, args.keep);
  return measureAndTell({ args, terminal, store, place }, async (use, signal) =>
    withEnvironment(args, signal, async ({ deps, actsAs }) => use(deps, actsAs)),
  );
}

/** Lends what it takes to ask AWS, once somebody has agreed. */
export type LendDeps = <T>(
  use: (deps: MeasureDeps, actsAs: ActsAs) => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

interface Measuring {
  readonly args: MeasureArguments;
  readonly terminal: Terminal;
  readonly store: Store;
  /** Where executions are looked for, in words. */
  readonly place: string;
}

/** The command, once it is known where the execution's files are. */
export async function measureAndTell(measuring: Measuring, lend: LendDeps): Promise<number> {
  const { args, terminal } = measuring;
  const { executionId, maxRequests } = args;
  const { chosen, leftOut, before, experience, lineages, without } = await choose(measuring);
  const waiting = chosen.filter((lineage) => !before.has(lineageKey(lineage)));
  const estimate = estimateMeasuring(waiting, maxRequests);
  const open = estimate.requests.atMost > maxRequests ? smallestFirst(waiting) : waiting;
  const agreed = open.length > 0 && (await isAgreed());
  const now = agreed
    ? await measureNow(measuring, { lineages: open, targetsAtOnce: estimate.targetsAtOnce }, lend)
    : [];
  const byKey = new Map([...before, ...now.map((line) => [lineageKey(line), line] as const)]);
  const lines = chosen.flatMap((lineage) => byKey.get(lineageKey(lineage)) ?? []);
  const requests = requestsByRegion(now);
  if (args.json) {
    const spent = costOfRequests(requests);
    const facts = { schemaVersion: 1, executionId, agreed, maxRequests, estimate, requests: spent };
    const notFitting = leftOut.map(({ lineage, needs }) => ({
      lineageId: lineage.lineageId,
      needs,
    }));
    const report = { ...facts, lineages: lines, withoutLineage: without, leftOut: notFitting };
    terminal.stdout(`${JSON.stringify(report, null, 2)}\n`);
  } else if (lines.length > 0 || agreed) {
    terminal.stdout(renderMeasured(lines, requests));
  }
  if (!args.json && lineages === 0) {
    terminal.stdout(`${executionId} found nothing unused to measure.\n`);
  }
  const isShort = leftOut.length > 0 && chosen.length < args.top;
  if (!args.json && open.length === 0 && isShort)
    terminal.stdout(`${renderNothingFits(leftOut, maxRequests)}Nothing was sent.\n`);
  if (open.length === 0 && isShort) return exitCodeOf('PARTIAL');
  // Nobody agreed: what was asked for was the estimate.
  if (open.length > 0 && !agreed) return 0;
  return !isShort && lines.every(({ outcome }) => outcome === 'MEASURED')
    ? 0
    : exitCodeOf('PARTIAL');

  async function isAgreed(): Promise<boolean> {
    const requests = likelyInAll(open, experience, maxRequests);
    const likely = requests === null ? null : { requests, measured: experience.measured };
    const isOneSure = open.some((lineage) => requestsFor(lineage).atMost <= maxRequests);
    const from = { maxRequests, lineages, likely, leftOut, isOneSure };
    const text = renderEstimate(estimate, from);
    if (args.yes) {
      if (terminal.stderrIsTerminal) terminal.stderr(`${text}\n`);
      return true;
    }
    if (terminal.ask !== undefined && !args.json) {
      terminal.stderr(`${text}\n`);
      return /^y(es)?$/i.test((await terminal.ask('Measure? [y/N] ')).trim());
    }
    if (!args.json)
      terminal.stdout(`${text}\nNothing was sent. To measure: the same command with --yes.\n\n`);
    return false;
  }
}

/** The lineages that may cost most, of those that may fit in what is allowed. @throws {InvalidInput} */
async function choose({ args, store, place }: Measuring) {
  const { executionId, top, maxRequests } = args;
  const found = await readMeasurable(store, executionId, exactSizeOf);
  if (found === undefined) {
    if ((await store.get(keysOf(executionId).expected)) !== undefined) {
      throw new InvalidInput(
        `${executionId} has written no findings: it still runs, or was broken off. Accepted: an execution that ended.`,
      );
    }
    const searched = {
      place,
      executionIds: await executionsOf(store),
      elsewhere: elsewhere(args, false),
    };
    throw noSuchExecution(executionId, searched);
  }
  await refuseSimulated(store, args, 'measure');
  const { lineages, without } = found;
  const lines = await readMeasured(store, executionId);
  const before = measuredBefore(lines);
  const experience = experienceOf(lineages, lines);
  const isKnown = (lineage: LineageToMeasure) => before.has(lineageKey(lineage));
  const choice = chooseLineages(lineages, { top, maxRequests, experience, isKnown });
  return { ...choice, before, experience, lineages: lineages.length, without };
}

/** What was measured once isn't paid for again. */
function measuredBefore(lines: readonly MeasuredLineage[]): ReadonlyMap<string, MeasuredLineage> {
  const measured = lines.filter(({ outcome }) => outcome === 'MEASURED');
  return new Map(measured.map((line) => [lineageKey(line), line]));
}

async function measureNow(
  { args, terminal, store }: Measuring,
  { lineages, targetsAtOnce }: Pick<MeasureRequest, 'lineages' | 'targetsAtOnce'>,
  lend: LendDeps,
): Promise<MeasuredLineage[]> {
  const { executionId, maxRequests } = args;
  const lastCopies = await readLastCopies(store, executionId);
  const prices = pricesOf(await readJson(store, keysOf(executionId).expected, Expected), KINDS);
  let [sent, ended] = [0, 0];
  const status = showStatus(
    terminal,
    'measuring',
    () => `volumes ${ended}/${lineages.length} · requests ${sent}`,
  );
  const interruption = listenForInterrupts(terminal, status);
  try {
    return await lend(async (deps, actsAs) => {
      tellWhoActs(terminal, actsAs, { simulated: args.keep !== undefined, say: status.note });
      return measureLineages(deps, {
        ...{ executionId, lineages, lastCopies, prices, exactSizeOf, maxRequests, targetsAtOnce },
        onRequest: (more) => void (sent += more),
        onMeasured: () => void (ended += 1),
      });
    }, interruption.signal);
  } finally {
    status.close();
    interruption.ignore();
  }
}

function requestsByRegion(lines: readonly MeasuredLineage[]): Record<string, number> {
  const byRegion: Record<string, number> = {};
  for (const { region, requests } of lines) byRegion[region] = (byRegion[region] ?? 0) + requests;
  return byRegion;
}

/** Not every kind can be measured. */
function exactSizeOf(kind: string) {
  return kindNamed(KINDS, kind).exactSize;
}
