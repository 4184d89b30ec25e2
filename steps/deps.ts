import type { AwsTime } from '../clock/aws-time.ts';
import type { Clock } from '../clock/clock.ts';
import type { SpokeSessions } from '../aws/sessions/spoke-session.ts';
import type { FenceDeps } from '../store/fenced-store.ts';
import type { AccountRegion } from '../core/input/account-regions.ts';
import type { ActsAs } from '../core/model/acts-as.ts';
import type { Floors } from '../core/floors/floors.ts';
import type { TagRule } from '../core/input/input.ts';
import type { PastExecution } from '../core/scope/past-execution.ts';
import type { Message } from '../report/message/text.ts';
import type { OrgAccount } from '../core/model/org-account.ts';
import type { Kind } from '../kinds/kind.ts';
import type { HeldLease } from './ledger/lease-wait.ts';

/** What was decided when orgsweep was deployed (or started); no execution input can widen it. */
export interface Settings {
  /** Without it, an execution that asks for `"mode": "delete"` is refused. */
  readonly deletionEnabled: boolean;
  /** Tags that protect everywhere; those of an execution's policy are added to them. */
  readonly protectTags: readonly TagRule[];
  /** What no execution gets below; none in a run with the caller's own credentials. */
  readonly floors: Floors;
  /** The kinds that delete mode may remove something of: `deletion.kinds`. */
  readonly deletionKinds: readonly string[];
  /** At most so many removals a second in one account and Region; throttled answers slow them down. */
  readonly removalsPerSecond: number;
  /** How long one RemovePlanned works before it hands over to the next, below Lambda's limit. */
  readonly removalBudgetSeconds: number;
}

/** The hub's view of the organization, or of the caller's own account alone. */
export interface Hub {
  listAccounts(): AsyncIterable<OrgAccount>;
  /** The only account there is, where it isn't an organization that is looked at. */
  readonly onlyAccount?: string;
  /**
   * One account as it is now; undefined where it left the organization. @throws what Organizations
   * answers when it doesn't tell
   */
  findAccount(id: string): Promise<OrgAccount | undefined>;
  /** An organizational unit's own name. @throws what Organizations answers when it doesn't tell */
  findOrganizationalUnitName(id: string): Promise<string | undefined>;
  /**
   * All Regions AWS has in this partition, as the hub's account sees them.
   *
   * @param askIn where to ask, one after the other, until one answers
   * @throws what the first of them answered, where none does
   */
  listRegions(askIn: readonly string[]): Promise<readonly AccountRegion[]>;
  /** The Regions that have a service, as AWS lists it. @throws where that can't be known */
  listRegionsOfService(service: string): Promise<readonly string[]>;
  /** The Region whose STS and EC2 endpoints the hub calls; enabled in every account. */
  readonly region: string;
  /** The partition's Region for global kinds. */
  readonly globalRegion: string;
}

/** Everything the functions need from outside; each names what of it is enough for it. */
export interface Deps extends FenceDeps {
  readonly clock: Clock;
  /** What AWS says the time is, to hold the clock against. */
  readonly awsTime: Pick<AwsTime, 'latest' | 'refresh'>;
  readonly settings: Settings;
  /** All there are; an execution looks at those of them that it names. */
  readonly kinds: readonly Kind[];
  readonly hub: Hub;
  spokesFor(executionId: string): SpokeSessions;
  /**
   * An execution as Step Functions remembers it; undefined: there is none. A local run has nobody who
   * remembers. @throws what Step Functions answers when it doesn't tell
   */
  pastExecution?(executionId: string): Promise<PastExecution | undefined>;
  /** Whose credentials these are. @throws what STS answers when it doesn't tell */
  actsAs?(): Promise<ActsAs>;
  /** Tells the people who decide, while an execution waits for them. */
  notify(message: Message): Promise<void>;
  /** What `orgsweep approve` needs to find this place, such as "--hub=/team/hub"; empty: nothing. */
  readonly approvalOptions: string;
  /** The SSM parameter that says where everything of this deployment is; a local run has none. */
  readonly hubName?: string;
  /** How a local run was started: the program as a shell takes it, and where and as whom it works. */
  readonly startedBy?: { readonly program: string; readonly options: string[] };
  /** The organization is a simulated one that ends with the run. */
  readonly simulated?: boolean;
  /** What a step holds of lines that may be too many for memory; left out: as much as a hub can. */
  readonly mostCharacters?: number;
  /** Aborted: stop before the next removal; what is done is in the ledger. */
  readonly signal?: AbortSignal;
}

/** What is in the store is all that planning and summing up go by. */
export type FoldDeps = Pick<
  Deps,
  'store' | 'clock' | 'awsTime' | 'kinds' | 'sealOf' | 'decidedInFolder'
>;

export type PrepareDeps = FoldDeps &
  Pick<Deps, 'hub' | 'actsAs' | 'pastExecution'> & {
    readonly settings: Pick<
      Settings,
      'deletionEnabled' | 'protectTags' | 'floors' | 'deletionKinds'
    >;
  };

export type PlanDeps = FoldDeps &
  Pick<Deps, 'mostCharacters'> & {
    readonly settings: Pick<Settings, 'floors' | 'deletionKinds'>;
  };

export type RestoreDeps = Pick<Deps, 'store' | 'clock' | 'spokesFor' | 'kinds'> & {
  /** Told who keeps a restore waiting. */
  readonly onWaiting?: (held: HeldLease) => void;
  /** How many resources have come to an end, whatever it was, of all that are asked for. */
  readonly onProgress?: (progress: { readonly done: number; readonly all: number }) => void;
};

export type DiscoveryDeps = Pick<
  Deps,
  'store' | 'clock' | 'awsTime' | 'spokesFor' | 'kinds' | 'sealOf'
>;

export type RemovalDeps = FoldDeps &
  Pick<Deps, 'spokesFor' | 'signal'> & {
    readonly hub: Pick<Hub, 'findAccount'>;
    readonly settings: Pick<
      Settings,
      'deletionEnabled' | 'floors' | 'deletionKinds' | 'removalsPerSecond' | 'removalBudgetSeconds'
    >;
  };
