import type { SimImage } from '../../../simulation/model/image.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { PUT_AMIS } from './made.ts';

const DAY_MS = 86_400_000;
const LATELY_DAYS = 180;

type Place = Pick<SimEstate, 'accountId' | 'region'>;

/** Who needs an AMI, and where that shows: a reference source, or the AMI itself. */
export interface ImageNeed {
  readonly sight: 'amis' | 'instances' | 'launch-templates' | 'sharing' | 'instances elsewhere';
  readonly who: string;
}

/** An AMI as the simulated organization has it. */
export interface ImageNow {
  readonly imageId: string;
  readonly createTime: Date | undefined;
  readonly snapshotIds: readonly string[];
  readonly needs: readonly ImageNeed[];
  /** Put there for the trial: nothing else decides about it. */
  readonly isPut: boolean;
}

type ByPlace = ReadonlyMap<string, readonly ImageNow[]>;

/** Which AMIs there were when, of which snapshots, and who needed them, counted in calls. */
export class ImageRecord {
  readonly #changes: { readonly since: number; readonly there: ByPlace }[] = [];

  /** To be called when something has changed, just before the call of this number. */
  learn(estates: readonly SimEstate[], call: number): void {
    const there = estates.map((estate) => [keyOf(estate), imagesIn(estate, estates)] as const);
    this.#changes.push({ since: call, there: new Map(there) });
  }

  /** The AMIs there, in every state between two calls, both included. */
  between(place: Place, from: number, until: number): readonly (readonly ImageNow[])[] {
    const first = this.#changes.findLast(({ since }) => since <= from);
    const later = this.#changes.filter(({ since }) => since > from && since <= until);
    return [...(first ? [first] : []), ...later].map(({ there }) => there.get(keyOf(place)) ?? []);
  }
}

function keyOf({ accountId, region }: Place): string {
  return `${accountId} ${region}`;
}

function imagesIn(estate: SimEstate, estates: readonly SimEstate[]): ImageNow[] {
  const put = PUT_AMIS.of(estate).images;
  const { items } = estate.images(0, Number.MAX_SAFE_INTEGER);
  return items.map((image) => {
    const { imageId, createTime, snapshotIds } = image;
    const isPut = put.has(imageId);
    const needs = isPut ? needsOf(estate, estates, image) : [];
    return { imageId, createTime, snapshotIds, needs, isPut };
  });
}

function needsOf(estate: SimEstate, estates: readonly SimEstate[], image: SimImage): ImageNeed[] {
  const { imageId, lastLaunchedAt, sharedWith = [], isPublic, state } = image;
  const since = estate.now().getTime() - LATELY_DAYS * DAY_MS;
  const isFailed = state === 'failed';
  const isLaunched =
    lastLaunchedAt === undefined || (lastLaunchedAt !== null && lastLaunchedAt.getTime() > since);
  const need = (sight: ImageNeed['sight'], who: string): ImageNeed => ({ sight, who });
  return [
    ...(isLaunched && !isFailed ? [need('amis', 'it was launched lately')] : []),
    ...(state === 'pending' ? [need('amis', 'it is being made')] : []),
    ...(isPublic === true ? [need('amis', 'everybody')] : []),
    ...sharedWith.map((who) => need('sharing', who)),
    ...instancesOf(estate, imageId).map((who) => need('instances', who)),
    ...estates
      .filter((one) => one !== estate && one.region === estate.region)
      .flatMap((one) => instancesOf(one, imageId))
      .map((who) => need('instances elsewhere', who)),
    ...estate
      .launchTemplates(0, Number.MAX_SAFE_INTEGER)
      .items.filter(({ versions }) => versions.some((one) => one.imageId === imageId))
      .map(({ launchTemplateId }) => need('launch-templates', launchTemplateId)),
  ];
}

function instancesOf(estate: SimEstate, imageId: string): string[] {
  return estate
    .instances(0, Number.MAX_SAFE_INTEGER)
    .items.filter((one) => one.imageId === imageId && one.state !== 'terminated')
    .map(({ instanceId }) => instanceId);
}
