import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import type { Restored } from '../../../steps/restore/restored.ts';
import { arnOf, BOOK, bookKind, type WayOfBooks } from '../../support/kinds/library/book.ts';
import { CATALOGUE, catalogueKind } from '../../support/kinds/library/catalogue.ts';
import { listingsOf } from '../../support/kinds/library/catalogue-looks.ts';
import { World } from '../../support/kinds/library/library.ts';
import { failureOf, type Fate, type Request } from '../../support/kinds/library/requests.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { AT_ONCE } from '../../support/removal-sweep.ts';
import { decideAs } from '../run/approver.ts';
import type { Chance } from './chance.ts';
import { type Death, Mortal } from './mortal.ts';
import { Others, RULE } from './others.ts';
import { type Acting, keyOf, Record } from './record.ts';
import { RestoreJudge, STEP_UNDONE_BY } from './restore-judge.ts';
import { type Permit, STEP_OF, StepJudge } from './step-judge.ts';

export interface LibraryShape {
  readonly books: number;
  readonly catalogues: number;
  readonly ways: readonly WayOfBooks[];
  readonly isRecreatable: boolean;
}

const ORGANIZATION = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 1, seed: 5 });

/** Libraries of two accounts, with orgsweep, others, and who judges beside them. */
export class LibraryStage {
  readonly world = new World();
  readonly record = new Record();
  readonly mortal = new Mortal();
  readonly steps: StepJudge;
  readonly restores: RestoreJudge;
  readonly others: Others;
  /** From now on nobody else does anything, and nothing fails. */
  isQuiet = false;
  troubles = 0;
  #acting: Acting | undefined;
  #sweep: KindsSweep | undefined;
  readonly #chance: Chance;
  readonly #shape: LibraryShape;

  constructor(shape: LibraryShape, chance: Chance) {
    const { world, record } = this;
    this.#shape = shape;
    this.#chance = chance;
    this.steps = new StepJudge(world, record, shape.ways);
    this.restores = new RestoreJudge(world, record, shape.ways);
    this.others = new Others(world, chance, (accountId, id, isRemoval) => {
      record.touch(accountId, id, isRemoval);
      if (isRemoval) this.restores.thrownAway.set(keyOf(accountId, id), world.now());
    });
  }

  get breaches(): readonly string[] {
    return [...this.steps.breaches, ...this.restores.breaches];
  }

  get sweep(): KindsSweep {
    if (this.#sweep === undefined) throw new Error('not open');
    return this.#sweep;
  }

  async open(): Promise<void> {
    const { world, mortal } = this;
    const { ways, isRecreatable } = this.#shape;
    const listings = listingsOf(world);
    const kinds = [
      catalogueKind(world, listings, isRecreatable),
      bookKind(world, listings.listing, ways),
    ];
    this.#sweep = await openKindsSweep(
      kinds,
      (deps) => ({
        ...deps,
        store: mortal.store(deps.store),
        clock: mortal.clock(deps.clock),
      }),
      {
        scenario: ORGANIZATION,
        // In an order that is the same each time.
        maxChildren: 1,
        wrap: mortal.wrap,
        awaitCallback: async (wait) => {
          const deps = this.sweep.opened();
          const executionId = this.#acting?.executionId ?? '';
          const says = this.#says ?? 'yes';
          const answer = await decideAs(says, { deps, executionId, wait });
          this.steps.isApproved = says === 'yes';
          return answer;
        },
      },
    );
    world.now = () => this.sweep.clock.now().getTime();
    for (const id of this.sweep.ids) this.#fill(id.split('/')[0] ?? '');
    world.watch = {
      before: async (request) => {
        const unsent = (fate: Fate) => {
          if (isChange(request)) for (const id of request.ids) this.#ask(request, id, fate);
        };
        this.#pass(() => unsent('BUSY'));
        this.#meddle();
        if (this.isQuiet || !this.#chance.isOneIn(25)) return;
        const isThrottled = this.#chance.isOneIn(2);
        unsent(isThrottled ? 'REFUSED' : 'BUSY');
        throw isThrottled ? failureOf('ThrottlingException') : this.#noAnswer();
      },
      after: async (request) => {
        const unheard = () => {
          for (const id of request.ids) {
            const asked = this.record.of(request.accountId, id).at(-1);
            if (asked?.name === request.name && asked.fate === 'DONE') asked.fate = 'LOST';
          }
        };
        this.#pass(unheard);
        this.#meddle();
        if (this.isQuiet || !this.#chance.isOneIn(60)) return;
        unheard();
        throw this.#noAnswer();
      },
      saw: (request, seen) => {
        const executionId = this.#acting?.executionId ?? '';
        this.record.saw(request, seen, { at: world.now(), executionId });
      },
      asked: (request, id) => this.#ask(request, id),
      done: (request, id, answer) => {
        const asked = this.record.of(request.accountId, id).at(-1);
        if (asked === undefined) return;
        this.restores.judgeDone(request, id, asked);
        asked.isDone = true;
        asked.made = 'made' in answer ? answer.made : undefined;
      },
    };
  }

  #says: Parameters<typeof decideAs>[0] | undefined;

  #fill(accountId: string): void {
    const { books, catalogues } = this.#shape;
    const library = this.world.of(accountId);
    for (let at = 0; at < books; at += 1)
      library.addBook(`book-${at}`, { shelf: `shelf-${at % 2}`, isRead: this.#chance.isOneIn(6) });
    library.addCatalogue(`desk-${accountId}`, { isOpen: true });
    for (let at = 0; at < catalogues; at += 1) {
      const isOpen = this.#chance.isOneIn(6);
      library.addCatalogue(`catalogue-${at}-${accountId}`, { isOpen, books: [`book-${at}`] });
    }
    library.rules = [RULE];
  }

  #meddle(): void {
    if (!this.isQuiet && this.#chance.isOneIn(4)) this.others.act();
  }

  #noAnswer(): Error {
    this.troubles += 1;
    return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  }

  #pass(dying: () => void): void {
    try {
      this.mortal.pass();
    } catch (error) {
      dying();
      throw error;
    }
  }

  #ask(request: Request, id: string, given?: Fate): Fate {
    const acting = this.#acting;
    if (acting === undefined) throw new Error('nobody acts');
    this.steps.judge(request, id, acting);
    this.#judgeSession(request, id, acting);
    this.restores.judge(request, id, acting);
    const fates = ['DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'REFUSED', 'BUSY', 'LOST'] as const;
    const fate = given ?? (this.isQuiet ? 'DONE' : this.#chance.pick(fates));
    if (fate !== 'DONE') this.troubles += 1;
    const { accountId, name } = request;
    this.record.asked.push({
      ...{ ...acting, accountId, name, id, fate, isDone: false, made: undefined },
      ...{ order: this.record.next(), at: this.world.now() },
    });
    return fate;
  }

  /** Each step, and its way back, goes through a session for that step and no other. */
  #judgeSession({ clients, name, accountId }: Request, id: string, { executionId }: Acting): void {
    const session = this.sweep.changing.find((one) => one.clients === clients);
    const bookStep = STEP_OF[STEP_UNDONE_BY[name] ?? name];
    const isFor = session?.kind === (bookStep ? BOOK : CATALOGUE);
    const book = this.record.book(accountId, id)?.seen;
    const [of] = this.sweep.ids.filter((one) => one.startsWith(accountId));
    const region = of?.split('/')[1] ?? '';
    const needsArn = STEP_OF[name] !== undefined && book !== undefined;
    const hasArn = needsArn ? session?.arns?.includes(arnOf(book, { accountId, region })) : true;
    if (!isFor || session?.step !== (bookStep ?? 'delete') || !hasArn)
      this.steps.breaches.push(
        `${executionId}: ${name} ${id} through a session for ${session?.kind} ${session?.step}`,
      );
  }

  /** One execution. */
  async run(
    executionId: string,
    permit: Permit,
    by: { readonly death: Death | null; readonly says?: Parameters<typeof decideAs>[0] },
  ) {
    this.#acting = { executionId, does: 'RUN', named: [], isDry: false };
    this.#says = by.says;
    this.steps.permit = permit;
    this.steps.isApproved = by.says === undefined;
    this.mortal.begin(by.death);
    const kinds = [BOOK, CATALOGUE];
    const at = this.world.now();
    try {
      const ended = await runOf(this.sweep, executionId, {
        ...{ kinds, remove: kinds, mode: 'delete' },
        ...(by.says !== undefined && { approval: 'required' }),
        limits: { maxRemovalsPerTarget: permit.most, maxStalePercentOverall: 100 },
        policy: {
          ...AT_ONCE,
          minAgeDays: 0,
          graceDays: permit.graceDays,
          requireUndo: permit.requireUndo,
          allowIrreversible: permit.allowsIrreversible ? this.#allowing('NONE') : [],
          allowRecreation: permit.allowsRecreation ? this.#allowing('RECREATION') : [],
          kinds: { [CATALOGUE]: { idleDays: permit.idleDays } },
        },
      });
      const isComplete = ({ looks }: (typeof ended.outcomes)[number]) =>
        kinds.every((kind) => looks?.[kind]?.status === 'COMPLETE');
      for (const [accountId] of this.world.all()) {
        const outcome = ended.outcomes.find((one) => one.accountId === accountId);
        const isSure = ended.plan !== null && outcome !== undefined && isComplete(outcome);
        this.record.discovered(executionId, accountId, at, isSure);
      }
      return ended;
    } finally {
      this.mortal.begin(null);
    }
  }

  /** The step, where this list of the policy is the one to name it. */
  #allowing(way: WayOfBooks): string[] {
    const { ways } = this.#shape;
    const [best = 'NONE', second = 'NONE'] = ways;
    return (best === 'MADE' ? second : best) === way ? [`${BOOK}:remove`] : [];
  }

  /** Brings back what an execution did, and judges what is told of it. */
  async restore(
    executionId: string,
    asked: Partial<Acting> & { readonly death?: Death | null } = {},
  ): Promise<readonly Restored[] | null> {
    const acting: Acting = {
      ...{ executionId, does: 'RESTORE', named: asked.named ?? [], isDry: asked.isDry ?? false },
    };
    this.#acting = acting;
    this.mortal.begin(asked.death ?? null);
    const from = this.record.next();
    try {
      const { resources } = await restoreExecution(this.sweep.opened(), {
        ...{ executionId, resourceIds: [...acting.named], dryRun: acting.isDry },
      });
      if (!this.mortal.isDead) this.restores.judgeTold(resources, acting, from);
      return resources;
    } catch (error) {
      if (!this.mortal.isDead) throw error;
      return null;
    } finally {
      this.mortal.begin(null);
    }
  }

  async close(): Promise<void> {
    await this.#sweep?.close();
  }
}

function isChange({ name, ids }: Request): boolean {
  return ids.length > 0 && name !== 'FindBook';
}
