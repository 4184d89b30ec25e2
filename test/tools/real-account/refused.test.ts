import { InvalidInput } from '../../../core/model/errors.ts';
import { toRealAccountArguments } from '../../../tools/real-account/arguments.ts';
import { refuseOtherAccount, refuseUnlessSandbox } from '../../../tools/real-account/refuse.ts';
import { ec2Answer, type FakeAnswer } from '../../support/aws/fake-aws.ts';
import { snapshotXml, volumeXml } from '../../support/aws/fake-ec2.ts';
import { openFake, PLACE } from './opened.ts';

const MEMBER = '{"Organization":{"MasterAccountId":"999999999999"}}';
const MANAGEMENT = `{"Organization":{"MasterAccountId":"${PLACE.accountId}"}}`;

function orgError(code: string, status = 400): FakeAnswer {
  return { status, body: JSON.stringify({ __type: code, message: 'no' }) };
}

/** An account with so much in it. */
function account(organization: string | FakeAnswer, { snapshots = 0, volumes = 0 } = {}) {
  return openFake(({ operation }) => {
    if (operation === 'DescribeOrganization') {
      return typeof organization === 'string' ? { body: organization } : organization;
    }
    const items = operation === 'DescribeSnapshots' ? snapshots : volumes;
    const xml = operation === 'DescribeSnapshots' ? snapshotXml : volumeXml;
    const list = Array.from({ length: items }, (_, index) => xml(`x-${index}`));
    const name = operation === 'DescribeSnapshots' ? 'snapshotSet' : 'volumeSet';
    return ec2Answer(operation, `<${name}>${list.join('')}</${name}>`);
  }).sandbox;
}

describe('before anything is made it is refused', () => {
  it.each([
    ['in a management account', account(MANAGEMENT), /management account of an organization/],
    ['where nobody says', account(orgError('AccessDeniedException')), /is not known/],
    ['where the answer does not say', account('{"Organization":{}}'), /did not name/],
    ['with many snapshots', account(MEMBER, { snapshots: 11 }), /more than 10 snapshots/],
    ['with many volumes', account(MEMBER, { volumes: 11 }), /more than 10 volumes/],
  ])('%s', async (_, sandbox, says) => {
    const refusal = refuseUnlessSandbox({ sure: false }, sandbox);
    await expect(refusal).rejects.toThrow(InvalidInput);
    await expect(refuseUnlessSandbox({ sure: false }, sandbox)).rejects.toThrow(says);
  });

  it('in a management account whatever somebody says', async () => {
    const refusal = refuseUnlessSandbox({ sure: true }, account(MANAGEMENT));
    await expect(refusal).rejects.toThrow(/management account of an organization/);
  });
});

it.each([
  ['an empty member account', account(MEMBER, { snapshots: 10, volumes: 10 }), false],
  ['of no organization', account(orgError('AWSOrganizationsNotInUseException')), false],
  ['full, and somebody is sure', account(MEMBER, { snapshots: 11 }), true],
  ['not known, and somebody is sure', account(orgError('AccessDeniedException')), true],
])('it goes on in an account %s', async (_, sandbox, sure) => {
  await expect(refuseUnlessSandbox({ sure }, sandbox)).resolves.toBeUndefined();
});

it('credentials of another account than the one named are refused', () => {
  expect(() => refuseOtherAccount({ account: '222222222222' }, PLACE)).toThrow(
    '--account: "222222222222" – accepted: 111122223333',
  );
  expect(() => refuseOtherAccount({ account: PLACE.accountId }, PLACE)).not.toThrow();
  expect(() => refuseOtherAccount({ account: undefined }, PLACE)).not.toThrow();
});

it.each([
  [['--write'], '--account: missing'],
  [['--write', '--account', '111122223333'], '--region: missing'],
  [['--clean', '--region', 'eu-west-1'], '--account: missing'],
  [['--clean', '--write'], '--clean: given with --write'],
  [['--yes'], '--yes: given'],
  [['--yes-this-is-a-sandbox'], '--yes-this-is-a-sandbox: given'],
  [['--account', '123'], '--account: "123"'],
  [['--region', 'Ireland'], '--region: "Ireland"'],
  [['--delete'], '--delete'],
])('%j is refused by name', (argv, says) => {
  expect(() => toRealAccountArguments(argv)).toThrow(InvalidInput);
  expect(() => toRealAccountArguments(argv)).toThrow(says);
});
