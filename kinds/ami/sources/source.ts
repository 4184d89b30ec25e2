import { brokenListing } from '../../../aws/answers/pages.ts';
import type { ReferenceSource } from '../../kind.ts';
import type { Read, Referrer, Source } from '../../listings/listing.ts';
import type { ReferenceName } from './names.ts';

/** One place that may name AMIs, by their ids; an AMI that it names is kept. */
export interface AmiSource<T> extends Source<T, ReferenceName> {
  readonly awsRefuses: ReferenceSource['awsRefuses'];
  /** `candidates`: it costs calls for each thing it lists, so it is read only where some remain. */
  readonly readFor: 'all' | 'candidates';
  /** Whatever it takes names an AMI. Where something doesn't, its answer isn't understood. */
  readonly namesAlways?: true;
}

/** @throws as `read`, and {BrokenListing} where something doesn't name an AMI that always does */
export async function* readSource<T>(read: Read, source: AmiSource<T>): AsyncGenerator<Referrer> {
  const [operation = source.name] = source.listing.iam;
  for await (const referrer of read(source)) {
    if (source.namesAlways === true && referrer.keys.length === 0)
      throw brokenListing(operation, `${referrer.by} came without its AMI`);
    yield referrer;
  }
}
