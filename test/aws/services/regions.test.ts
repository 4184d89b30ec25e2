import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import { listRegions } from '../../../aws/services/regions.ts';
import { ec2Answer, ec2Error, fakeAws } from '../../support/aws/fake-aws.ts';
import type { FakeAnswer } from '../../support/aws/fake-aws.ts';

function regionsOf(answer: FakeAnswer) {
  const aws = fakeAws(() => answer);
  const { ec2 } = makeHubClients({ ...aws.options, region: 'us-east-1' });
  return { listing: listRegions(ec2), sent: aws.sent };
}

const item = (name: string, optIn: string) =>
  `<item><regionName>${name}</regionName><optInStatus>${optIn}</optInStatus></item>`;

describe('the Regions of an account', () => {
  it('are all listed, with those it has not enabled', async () => {
    const xml =
      item('eu-west-1', 'opt-in-not-required') +
      item('af-south-1', 'opted-in') +
      item('ap-east-1', 'not-opted-in') +
      item('me-south-1', 'something-new');
    const { listing, sent } = regionsOf(
      ec2Answer('DescribeRegions', `<regionInfo>${xml}</regionInfo>`),
    );
    await expect(listing).resolves.toEqual([
      { name: 'eu-west-1', enabled: true, needsOptIn: false },
      { name: 'af-south-1', enabled: true, needsOptIn: true },
      { name: 'ap-east-1', enabled: false, needsOptIn: true },
      // Tried, as what can't be seen is a gap then; taken for not enabled, it would be left out.
      { name: 'me-south-1', enabled: true, needsOptIn: true },
    ]);
    expect(sent[0]?.params['AllRegions']).toBe('true');
  });

  it('are never none: an answer without Regions is an error', async () => {
    await expect(regionsOf({ body: '<html/>' }).listing).rejects.toThrow(/in AWS's place/);
    const empty = ec2Answer('DescribeRegions', '<regionInfo/>');
    await expect(regionsOf(empty).listing).rejects.toThrow(/names no Region/);
  });

  it('that may not be listed are AccessDenied', async () => {
    const { listing } = regionsOf(ec2Error('UnauthorizedOperation', 'no', 403));
    await expect(listing).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
