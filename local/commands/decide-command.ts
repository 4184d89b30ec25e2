import { userInfo } from 'node:os';
import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
import { classifyFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { makeCallerProof } from '../../aws/sessions/caller-proof.ts';
import { systemClock } from '../../clock/clock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import { DEFAULT_HUB_NAME } from '../../core/input/hub-name.ts';
import { invokeFunction } from '../connection/invoke-function.ts';
import type { Store } from '../../store/store.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { mayRemove } from '../../core/plan/approval.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { exitCodeOf } from '../../core/summary/exit-code.ts';
import { oneLine } from '../../report/format/layout.ts';
import { claimOf } from '../../functions/decide-approval.ts';
import {
  answerThatStands,
  decideApproval,
  DecisionAnswer,
  type TaskCallbacks,
} from '../../steps/approve/decide-approval.ts';
import { findApprovalRequest } from '../../steps/approve/request-approval.ts';
import { clockToFollow } from '../aws-access/followed-clock.ts';
import { timeOf } from '../kept/kept-time.ts';
import { connectToHub, type HubConnection } from '../connection/hub-connection.ts';
import { approverNeeded, roleArnOf } from '../connection/find-hub.ts';
import { refuseOthersFolder } from '../terminal/folder-owners.ts';
import type { DecideArguments } from '../arguments/decide-arguments.ts';
import { asGiven, elsewhere } from '../terminal/not-found.ts';
import {
  agreedTo,
  planToDecideOn,
  refuseUnasked,
  standingDecision,
} from './show-plan-to-approve.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

const DEFAULT_OUT = './orgsweep-out';

type Deciding = Pick<Terminal, 'stdout' | 'stderr' | 'stderrIsTerminal' | 'quiet' | 'ask'>;
/** Nobody typed yes. */
const NOT_AGREED = 1;

/**
 * `orgsweep approve` and `orgsweep reject`: decides on the plan of an execution that waits for it.
 *
 * @returns the exit code: 4 when another decision stands, 1 when nobody typed yes
 * @throws {InvalidInput} where there is nothing to decide
 */
export async function decide(args: DecideArguments, terminal: Deciding): Promise<number> {
  refuseUnasked(args, terminal);
  const isHere = args.hub === undefined && (await isInFolder(args));
  const answer = await (isHere
    ? decideHere(args, args.out ?? DEFAULT_OUT, terminal)
    : decideThere(args, args.hub ?? DEFAULT_HUB_NAME, terminal).catch((error: unknown) => {
        throw alsoNotHere(error, args);
      }));
  if (answer === undefined) return NOT_AGREED;
  terminal.stdout(
    args.json ? `${JSON.stringify(answer, null, 2)}\n` : `${oneLine(answer.message)}\n`,
  );
  return answer.holds ? 0 : exitCodeOf('NOT_APPROVED');
}

/** Whoever never named a hub reads why one is asked. */
function alsoNotHere(error: unknown, { executionId, hub }: DecideArguments): unknown {
  if (hub !== undefined || !(error instanceof InvalidInput)) return error;
  const words = `Execution ${asGiven(executionId)} doesn't wait for approval in ${DEFAULT_OUT}.${elsewhere({}, false)}`;
  return new InvalidInput(`${words} The hub answered: ${error.message}`, { cause: error });
}

/** Where nothing says which: a local run whose execution is there, else the hub. */
async function isInFolder({ executionId, out }: DecideArguments): Promise<boolean> {
  if (out !== undefined) return true;
  return (await findApprovalRequest(makeFolderStore(DEFAULT_OUT), executionId)) !== undefined;
}

/** By the function of a deployed hub, with a signature that proves who asks it. */
async function decideThere(
  args: DecideArguments,
  name: string,
  terminal: Deciding,
): Promise<DecisionAnswer | undefined> {
  const connection = await connectToHub(name, 'CALLER');
  tellWhoActs(terminal, connection.actsAs);
  return askHub(args, name, connection, terminal).catch((error: unknown) => {
    throw notTheApprover(error, name, connection);
  });
}

async function askHub(
  args: DecideArguments,
  name: string,
  { hub, store, clients, callersOwn }: HubConnection,
  terminal: Deciding,
): Promise<DecisionAnswer | undefined> {
  const { executionId, decision } = args;
  const arn = hub.decideApprovalFunctionArn;
  const now = (await clockToFollow()).now();
  const chosen = await choose(store, args, { place: `the hub ${name}`, now, terminal });
  if (!('planDigest' in chosen)) return chosen.answer;
  const { planDigest } = chosen;
  const asked = { executionId, planDigest, decision };
  const { sts } = makeHubClients({ ...callersOwn, region: arn.split(':')[3] });
  const proof = await makeCallerProof(sts, claimOf(asked, hub.stateMachineArn));
  return DecisionAnswer.parse(await invokeFunction(clients.lambda, arn, { ...asked, proof }));
}

/** Whoever is denied reads whose credentials it takes. */
function notTheApprover(error: unknown, name: string, { caller }: HubConnection): unknown {
  const failure = toAwsFailure(error);
  if (classifyFailure(failure) !== 'DENIED') return error;
  const role = roleArnOf({ name, caller }, 'approver') ?? 'of the approver';
  return new InvalidInput(
    `credentials: ${caller.arn} may not decide, and nothing was decided: ${answeredInWords(failure)} – accepted: ${approverNeeded(role)}`,
    { cause: error },
  );
}

/** The run that waits sees the decision in the folder by itself. */
const NOBODY_TO_CALL: TaskCallbacks = { succeed: async () => true, fail: async () => true };

/** In the folder of a local run. Who decides, only this computer says: it is marked so. */
async function decideHere(
  args: DecideArguments,
  out: string,
  terminal: Deciding,
): Promise<DecisionAnswer | undefined> {
  const { executionId, decision } = args;
  if (decision === 'APPROVED' && args.keep === undefined) refuseOthersFolder(out);
  const store = makeFolderStore(out);
  const at = await timeOf({ keep: args.keep, out });
  const clock = { ...systemClock, now: () => at };
  const chosen = await choose(store, args, { place: quote(out), now: at, terminal });
  if (!('planDigest' in chosen)) return chosen.answer;
  const { planDigest } = chosen;
  return decideApproval(
    { store, clock, callbacks: NOBODY_TO_CALL, sealOf: async () => null },
    { caller: userName(), verified: false },
    { executionId, planDigest, decision },
  );
}

/**
 * What is decided on: the plan that was shown, by its digest, whatever lies there by now. Or why
 * nothing is to be decided: another decision stands, or nobody agreed (undefined).
 */
async function choose(
  store: Store,
  args: DecideArguments,
  at: { readonly place: string; readonly now: Date; readonly terminal: Deciding },
): Promise<{ planDigest: string } | { answer: DecisionAnswer | undefined }> {
  const plan = await planToDecideOn(store, args, at.place);
  if (args.decision === 'REJECTED') return { planDigest: plan.digest };
  const standing = await standingDecision(store, args.executionId);
  if (standing !== undefined && !mayRemove(plan, standing))
    return { answer: answerThatStands(standing) };
  const agreed = await agreedTo({ store, plan, standing, now: at.now }, args, at.terminal);
  return agreed ? { planDigest: plan.digest } : { answer: undefined };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // An id without a name, as in some containers.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
