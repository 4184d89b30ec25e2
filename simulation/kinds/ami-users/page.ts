import type { SimEstate } from '../../model/organization.ts';
import { ServiceError } from '../../services/call/service.ts';
import { arraySource } from '../../services/ec2/paging.ts';
import { takePage } from '../../services/protocols/listing.ts';

/** What there is of a listing after this token, as far as a page goes. */
export function pageOf<T>(
  estate: SimEstate,
  all: readonly T[],
  asked: {
    readonly listing: string;
    readonly size: number;
    readonly token: string | undefined;
    /** The code of a token that isn't one of this listing. */
    readonly invalid: string;
  },
) {
  return takePage({
    source: arraySource(all),
    size: asked.size,
    token: asked.token,
    listing: `${estate.accountId} ${estate.region} ${asked.listing}`,
    invalidToken: () => new ServiceError(asked.invalid, 'The token is not valid.'),
  });
}
