// `npm run real-account`: holds AWS against what orgsweep assumes of it. docs/real-account.md.
import { systemClock } from '../../clock/clock.ts';
import { callerIdentity } from '../../aws/sessions/spoke-session.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { oneLine } from '../../report/format/layout.ts';
import { readCallersAccess } from '../../local/aws-access/access.ts';
import { tellingOfFirstCall } from '../../local/connection/credentials.ts';
import { makeFirstSts } from '../../local/connection/first-sts.ts';
import { clockToFollow } from '../../local/aws-access/followed-clock.ts';
import { openProcessTerminal, type Terminal } from '../../local/terminal/terminal.ts';
import { tellWhoActs } from '../../local/terminal/who-acts.ts';
import { type RealAccountArguments, toRealAccountArguments, USAGE } from './arguments.ts';
import { clean } from './sandbox/clean.ts';
import { makeParts } from './sandbox/made.ts';
import { refuseOtherAccount, refuseUnlessSandbox } from './refuse.ts';
import { exitCodeOf, type Ran, toJson, toText } from './results.ts';
import { runProbes, whyNot } from './run-probes.ts';
import { openSandbox, openWriting, type Sandbox, type Writing } from './sandbox/sandbox.ts';
import { stoppable } from './sandbox/stoppable.ts';
import { costUsd, PROBES } from './table.ts';
import { whoIsAsked } from './who-is-asked.ts';

/** @returns the exit code; nothing is thrown: every error is one line on stderr */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    if (argv.some((word) => /^(-h|--help|help)$/.test(word))) {
      terminal.stdout(USAGE);
      return 0;
    }
    return await settle(toRealAccountArguments(argv), terminal);
  } catch (error) {
    const isBadInput = error instanceof InvalidInput;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    terminal.stderr(`real-account: ${oneLine(isBadInput ? message : `${name}: ${message}`)}\n`);
    return isBadInput ? 2 : 1;
  }
}

async function settle(args: RealAccountArguments, terminal: Terminal): Promise<number> {
  const access = await readCallersAccess();
  const region = args.region ?? access.region;
  const followed = await clockToFollow();
  const stop = new AbortController();
  const caller = await tellingOfFirstCall(async () =>
    callerIdentity(makeFirstSts(access.clients, region)),
  );
  tellWhoActs(terminal, { ...caller, region, source: access.source });
  const sandbox = openSandbox(
    { accountId: caller.accountId, partition: caller.partition, region },
    access.clients,
    stoppable(followed, stop.signal),
  );
  refuseOtherAccount(args, sandbox);
  const asked = await whoIsAsked(followed !== systemClock);
  const writing = () => openWriting(sandbox, access.clients);
  if (args.clean) return cleanOnly(sandbox, writing(), terminal);
  if (args.write) {
    await refuseUnlessSandbox(args, sandbox);
    if (!(await agreesToCost(args, terminal, sandbox))) return 0;
  }
  const forget = terminal.onInterrupt(() => stop.abort());
  try {
    const ran = await runAll(sandbox, args.write ? writing() : undefined, terminal, stop.signal);
    return tell({ region, asked, wrote: args.write, ...ran }, args, terminal);
  } finally {
    forget();
  }
}

async function runAll(
  sandbox: Sandbox,
  opened: Pick<Writing, 'clients' | 's3'> | undefined,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Pick<Ran, 'settled' | 'left'>> {
  const run = async (given: Sandbox) =>
    runProbes({
      probes: PROBES,
      sandbox: given,
      signal,
      tell: ({ name }, at) => terminal.stderr(`${at} of ${PROBES.length}: ${name}\n`),
    });
  if (opened === undefined) return { settled: await run(sandbox), left: [] };
  let left: readonly string[] = [];
  let settled: Ran['settled'];
  try {
    terminal.stderr('making a volume and snapshots of it: some minutes\n');
    const made = await makeParts(sandbox, opened.clients).catch(whyNot);
    settled = await run({ ...sandbox, writing: { ...opened, made } });
  } finally {
    terminal.stderr('removing what was made\n');
    left = await clean(sandbox, opened);
  }
  return { settled, left };
}

function tell(ran: Ran, { json }: RealAccountArguments, terminal: Terminal): number {
  terminal.stdout(json ? `${JSON.stringify(toJson(ran), null, 2)}\n` : toText(ran));
  return exitCodeOf(ran);
}

async function cleanOnly(
  sandbox: Sandbox,
  writing: Pick<Writing, 'clients' | 's3'>,
  terminal: Terminal,
): Promise<number> {
  const left = await clean(sandbox, writing);
  const told = left.length === 0 ? ['Nothing is left.'] : left.map((one) => `STILL THERE: ${one}`);
  terminal.stdout(`${told.map(oneLine).join('\n')}\n`);
  return exitCodeOf({ settled: [], left });
}

/** @throws {InvalidInput} where nobody can be asked, and it was not agreed to before */
async function agreesToCost(
  { yes, json }: RealAccountArguments,
  terminal: Terminal,
  { accountId, region }: Sandbox,
): Promise<boolean> {
  const what = `It makes a volume, snapshots, an AMI, a Recycle Bin rule and a bucket in ${region} of account ${accountId}, and removes them again. It costs at most $${costUsd(true).toFixed(2)}.`;
  terminal.stderr(`${what}\n`);
  if (yes) return true;
  if (terminal.ask === undefined || json) {
    throw new InvalidInput(fault('--yes', undefined, '--yes, as nobody can be asked here'));
  }
  const agreed = (await terminal.ask('Go on? Only yes goes on: ')).trim() === 'yes';
  if (!agreed) terminal.stdout('Nothing was made.\n');
  return agreed;
}

async function runAsProgram(argv: readonly string[]): Promise<void> {
  const terminal = openProcessTerminal(argv);
  process.exitCode = await terminal.settle(await main(argv, terminal));
}

if (process.argv[1] === import.meta.filename) void runAsProgram(process.argv.slice(2));
