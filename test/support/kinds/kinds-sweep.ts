import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import type { SessionAsked } from '../../../aws/sessions/spoke-session.ts';
import { Finding } from '../../../core/model/verdict.ts';
import { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { stepName } from '../../../core/outcome/undo.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { stepsOf } from '../../../kinds/removal.ts';
import type { Deps } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import {
  AT_ONCE,
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
} from '../removal-sweep.ts';
import { SNAPSHOT, SNAPSHOTS } from '../simulated-sweep.ts';

export { SNAPSHOT };

/** Whole executions with made-up kinds beside the snapshots. */
export interface KindsSweep extends RemovalSweep {
  /** `deletion.kinds` of the deployment, from now on. */
  deployed: readonly string[];
  /** Once a file of that name is written, another one. */
  deployedOnce: Readonly<Record<string, readonly string[]>>;
  /** As its executions have them. */
  readonly opened: () => Deps;
  /** The sessions that were opened to change something, in their order, and for what each is. */
  readonly changing: readonly Changing[];
  /** The steps of its kinds that nothing undoes. */
  readonly irreversible: readonly string[];
}

interface Changing extends NonNullable<SessionAsked[3]> {
  readonly clients: SpokeClients;
}

/** For kinds that are no part of the simulated AWS, and call nothing of it. */
function standIn(accountId: string, region: string): SpokeClients {
  return { accountId, region, calls: {} } as SpokeClients;
}

type SweepOptions = Pick<
  RemovalSweepOptions,
  'scenario' | 'store' | 'wrap' | 'maxChildren' | 'awaitCallback'
>;

/** @param kinds call nothing of AWS: what changes them needs no session there */
export async function openKindsSweep(
  kinds: readonly Kind[],
  also: (deps: Deps) => Deps = (deps) => deps,
  { store: around, ...options }: SweepOptions = {},
): Promise<KindsSweep> {
  const deploys: Pick<KindsSweep, 'deployed' | 'deployedOnce' | 'irreversible'> = {
    irreversible: kinds.flatMap((kind) =>
      stepsOf(kind).flatMap((step) => (step.undo === 'NONE' ? stepName(kind.kind, step) : [])),
    ),
    deployed: [SNAPSHOT, ...kinds.map(({ kind }) => kind)],
    deployedOnce: {},
  };
  const changing: Changing[] = [];
  let opened: Deps | undefined;
  const sweep = await openRemovalSweep({
    ...options,
    store: (own) => {
      const store = around?.(own) ?? own;
      return {
        ...store,
        put: async (key, ...rest) => {
          deploys.deployed = deploys.deployedOnce[key.split('/').at(-1) ?? ''] ?? deploys.deployed;
          return store.put(key, ...rest);
        },
      };
    },
    deps: (deps) =>
      (opened = {
        ...also(deps),
        kinds: [...SNAPSHOTS, ...kinds],
        settings: Object.defineProperty(also(deps).settings, 'deletionKinds', {
          get: () => deploys.deployed,
        }),
        spokesFor: (executionId) => {
          const spokes = deps.spokesFor(executionId);
          const open: typeof spokes.open = async (...asked) => {
            const [accountId, region, purpose, change] = asked;
            if (purpose === 'discover') return spokes.open(accountId, region, purpose);
            const isMadeUp = kinds.some(({ kind }) => kind === change.kind);
            const clients = isMadeUp ? standIn(accountId, region) : await spokes.open(...asked);
            changing.push({ ...change, clients });
            return clients;
          };
          return { ...spokes, open };
        },
      }),
  });
  return Object.assign(deploys, sweep, { changing, opened: () => opened! });
}

/** Removes at once what any of the kinds finds unused, without a way back, and reads all that was written of it. */
export async function runOf(
  sweep: KindsSweep,
  executionId: string,
  input: Record<string, unknown> = {},
) {
  const ended = await sweep.run(executionId, {
    remove: sweep.deployed,
    ...input,
    policy: { ...AT_ONCE, allowIrreversible: sweep.irreversible, ...(input['policy'] as object) },
  });
  const keys = keysOf(executionId);
  const lines = async (key: string) =>
    ((await sweep.store.get(key))?.body ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  const outcomes = (await lines(keys.targets)).map((line) => TargetOutcome.parse(line));
  const findings = (await lines(keys.findings)).map((line) => Finding.parse(line));
  const of = (kind: string) => findings.filter((one) => one.kind === kind).length;
  return { ...ended, outcomes, findings, of, texts: await textsOf(sweep, ended, keys) };
}

/** What people are told, each way. */
async function textsOf(
  { store }: KindsSweep,
  { published }: Ended,
  keys: ReturnType<typeof keysOf>,
) {
  const told = async (key: string) => (await store.get(key))?.body ?? '';
  return {
    summaryText: await told(keys.summaryText),
    page: (await told(keys.report)).replaceAll(/<(script|style)[^]*?<\/\1>/g, ''),
    mail: published?.Message ?? '',
  };
}
