import type { ReferenceSource } from '../../kind.ts';
import type { Source } from '../../listings/listing.ts';
import type { ReferenceName } from './names.ts';

/** One place that may name AMIs, by their ids; an AMI that it names is kept. */
export interface AmiSource<T> extends Source<T, ReferenceName> {
  readonly awsRefuses: ReferenceSource['awsRefuses'];
  /** `candidates`: it costs calls for each thing it lists, so it is read only where some remain. */
  readonly readFor: 'all' | 'candidates';
}
