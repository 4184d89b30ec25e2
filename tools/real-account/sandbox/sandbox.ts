import type { S3Client } from '@aws-sdk/client-s3';
import {
  type ClientOptions,
  makeSpokeClients,
  type SpokeClients,
} from '../../../aws/sessions/aws-clients.ts';
import { type HubClients, makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import { type AwsTime, makeAwsTime } from '../../../clock/aws-time.ts';
import type { Clock } from '../../../clock/clock.ts';
import {
  makePriceList,
  type PriceList,
  priceListRegion,
} from '../../../aws/services/price-list.ts';
import { makeS3Client } from '../../../store/s3-store.ts';
import type { Made } from './made.ts';
import { WRITE_ACTIONS } from './write-actions.ts';

/** One account and Region, through the clients that orgsweep itself goes by. */
export interface Sandbox {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly clock: Clock;
  readonly awsTime: AwsTime;
  readonly hub: HubClients;
  /** Lets nothing out but reads. */
  readonly reading: SpokeClients;
  readonly readingIn: (region: string) => SpokeClients;
  readonly priceList: PriceList;
  /** Left out: this run makes nothing. */
  readonly writing?: Writing;
}

/** For what makes things, with `--write` and `--clean` alone. */
export interface Writing {
  /** Lets out what `WRITE_ACTIONS` names, and no reads. */
  readonly clients: SpokeClients;
  readonly s3: S3Client;
  /** What the writing probes share; a text: why it could not be made. */
  readonly made: Made | string;
}

/** The accounts and Regions that a sandbox is opened in. */
export interface Place {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
}

/** The sandbox of a run that only reads. */
export function openSandbox(place: Place, given: ClientOptions, clock: Clock): Sandbox {
  const awsTime = makeAwsTime(clock);
  const options = { ...given, awsTime };
  const { accountId, region } = place;
  const readingIn = (where: string) =>
    makeSpokeClients({ ...options, accountId, region: where, allows: 'READS' });
  return {
    ...place,
    clock,
    awsTime,
    hub: makeHubClients({ ...options, region }),
    reading: readingIn(region),
    readingIn,
    priceList: makePriceList(options, priceListRegion(region)),
  };
}

/** Clients that make and remove things, each request sent as often as orgsweep sends it. */
export function openWriting(
  { accountId, region }: Place,
  options: ClientOptions,
): Pick<Writing, 'clients' | 's3'> {
  return {
    clients: makeSpokeClients({ ...options, accountId, region, allows: WRITE_ACTIONS }),
    s3: makeS3Client({ ...options, region }),
  };
}
