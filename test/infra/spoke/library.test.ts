import { changingPolicy, readingPolicy } from '../../../aws/sessions/session-policy.ts';
import { lengthOf } from '../../../infra/policies/policy-limits.ts';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { spokePolicies } from '../../../infra/spoke/spoke-policies.ts';
import { sessionActions } from '../../../kinds/grant.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { decide, type IamRequest, SNAPSHOT } from '../../support/hub/iam.ts';
import { BOOK, bookKind } from '../../support/kinds/library/book.ts';
import { CATALOGUE, catalogueKind } from '../../support/kinds/library/catalogue.ts';
import { listingsOf } from '../../support/kinds/library/catalogue-looks.ts';
import { World } from '../../support/kinds/library/library.ts';

/** AWS's own, in characters. */
const INLINE_OF_A_ROLE = 10_240;
const MANAGED_POLICY = 6_144;

const MARK = { 'orgsweep:marked': 'true' };
const PROTECT = { 'orgsweep:protect': 'mine' };
const IMAGE = 'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0';
const SHELF = 'arn:aws:ecr:eu-west-1:111122223333:repository/shelf-0';
const OTHER_SHELF = 'arn:aws:ecr:eu-west-1:111122223333:repository/shelf-1';

const world = new World();
const listings = listingsOf(world);
const kinds = [
  ...KINDS.filter(({ kind }) => kind === 'ebs-snapshot'),
  catalogueKind(world, listings),
  bookKind(world, listings.listing),
];
const sessions = sessionActions(kinds);

function policiesOf(purpose: 'discover' | 'remove' | 'restore', protectTags: string[] = []) {
  return spokePolicies(purpose, { kinds, partition: 'aws', protectTags });
}

/** What IAM says to a request of the role of all three kinds, in a session that is narrowed so. */
async function asks(
  purpose: 'remove' | 'restore',
  [action, resource]: readonly [action: string, resource: string],
  given: Pick<IamRequest, 'resourceTags' | 'requestTags'> & { readonly session?: string } = {},
): Promise<string> {
  const { inline, attached } = policiesOf(purpose);
  const Statement = [inline, ...attached].flatMap((policy) => policy.Statement);
  const { session, ...request } = given;
  return decide({
    ...{ action, resource, ...request, policy: { ...inline, Statement } },
    ...(session !== undefined && { sessionPolicy: JSON.parse(session) as PolicyDocument }),
  });
}

const DEREGISTER = ['ec2:DeregisterImage', IMAGE] as const;
const DELETE = ['ec2:DeleteSnapshot', SNAPSHOT] as const;
const REMOVE = ['ecr:BatchDeleteImage', SHELF] as const;
const sessionFor = (kind: string, step: string, arns?: readonly string[]) =>
  changingPolicy(sessions.remove[kind]?.[step]?.actions ?? [], arns);

it.each([DEREGISTER, DELETE])(
  '%s: what is marked, and nothing that a tag protects',
  async (...of) => {
    expect(await asks('remove', of, { resourceTags: MARK })).toBe('Allowed');
    expect(await asks('remove', of)).toBe('ImplicitlyDenied');
    expect(await asks('remove', of, { resourceTags: { ...MARK, ...PROTECT } })).toBe(
      'ExplicitlyDenied',
    );
  },
);

it('what cannot be marked is removed by a session that names its shelf, and from no other', async () => {
  const session = sessionFor(BOOK, 'remove', [SHELF]);
  expect(await asks('remove', REMOVE, { session })).toBe('Allowed');
  expect(await asks('remove', [REMOVE[0], OTHER_SHELF], { session })).toBe('ImplicitlyDenied');
  expect(await asks('remove', REMOVE, { session, resourceTags: PROTECT })).toBe('ExplicitlyDenied');
});

it('the session of one kind removes nothing of another', async () => {
  const resourceTags = MARK;
  const catalogues = sessionFor(CATALOGUE, 'delete');
  expect(await asks('remove', DEREGISTER, { session: catalogues, resourceTags })).toBe('Allowed');
  for (const one of [DELETE, REMOVE])
    expect(await asks('remove', one, { session: catalogues, resourceTags })).toBe(
      'ImplicitlyDenied',
    );
  const books = sessionFor(BOOK, 'remove', [SHELF]);
  for (const one of [DELETE, DEREGISTER])
    expect(await asks('remove', one, { session: books, resourceTags })).toBe('ImplicitlyDenied');
});

it('what restores takes out of the bin and protects, and removes nothing', async () => {
  const taking = ['ec2:RestoreImageFromRecycleBin', IMAGE] as const;
  expect(await asks('restore', taking)).toBe('Allowed');
  expect(await asks('restore', ['ec2:CreateTags', IMAGE], { requestTags: PROTECT })).toBe(
    'Allowed',
  );
  expect(await asks('restore', ['ec2:CreateTags', IMAGE], { requestTags: MARK })).toBe(
    'ImplicitlyDenied',
  );
  for (const one of [DELETE, DEREGISTER, REMOVE])
    expect(await asks('restore', one, { resourceTags: MARK })).toBe('ImplicitlyDenied');
});

it('E6: with twenty protect tags the roles and sessions of all three are within what AWS takes', () => {
  const tags = Array.from({ length: 20 }, (_, at) => `company:protection-${at}=yes`);
  for (const purpose of ['discover', 'remove', 'restore'] as const) {
    const { inline, attached } = policiesOf(purpose, tags);
    expect(lengthOf(inline)).toBeLessThanOrEqual(INLINE_OF_A_ROLE);
    for (const policy of attached) expect(lengthOf(policy)).toBeLessThanOrEqual(MANAGED_POLICY);
  }
  expect(readingPolicy(sessions.discover).length).toBeLessThanOrEqual(2_048);
});
