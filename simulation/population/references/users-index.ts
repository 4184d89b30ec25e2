import type { SimPage } from '../../model/page.ts';
import type { SimReferences } from '../../model/references.ts';

type Listings = Pick<
  SimReferences,
  'launchTemplates' | 'launchConfigurations' | 'ecsServices' | 'fastRestores' | 'gatewayVolumes'
>;

/** Who names which snapshot or volume: read from the listings once, and again when they change. */
export class UsersIndex {
  readonly #listings: Listings;
  #revision = -1;
  #users = new Map<string, string[]>();

  constructor(listings: Listings) {
    this.#listings = listings;
  }

  of(id: string, revision: number): readonly string[] {
    if (revision !== this.#revision) {
      this.#users = new Map();
      this.#readAll();
      this.#revision = revision;
    }
    return this.#users.get(id) ?? [];
  }

  #readAll(): void {
    const listings = this.#listings;
    for (const one of all((from, limit) => listings.launchTemplates(from, limit))) {
      this.#add(
        `launch template ${one.launchTemplateId}`,
        one.versions.flatMap(({ snapshotIds }) => snapshotIds),
      );
    }
    for (const one of all((from, limit) => listings.launchConfigurations(from, limit))) {
      this.#add(`launch configuration ${one.name}`, one.snapshotIds);
    }
    for (const one of all((from, limit) => listings.ecsServices(from, limit))) {
      this.#add(`ECS service ${one.clusterName}/${one.name}`, one.deployments.flat());
    }
    for (const one of all((from, limit) => listings.fastRestores(from, limit))) {
      const isOver = one.state === 'disabled' || one.state === 'disabling';
      if (!isOver) this.#add(`fast restore in ${one.availabilityZone}`, [one.snapshotId]);
    }
    for (const one of all((from, limit) => listings.gatewayVolumes(from, limit))) {
      this.#add(`gateway ${one.gatewayId}`, [one.volumeId]);
    }
  }

  #add(user: string, ids: readonly string[]): void {
    for (const id of new Set(ids)) this.#users.set(id, [...(this.#users.get(id) ?? []), user]);
  }
}

function* all<T>(list: (from: number, limit: number) => SimPage<T>): Generator<T> {
  for (let from: number | null = 0; from !== null;) {
    const page = list(from, 1000);
    yield* page.items;
    from = page.next;
  }
}
