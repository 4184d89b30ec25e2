import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
import { makeAwsTime } from '../../clock/aws-time.ts';
import { makeS3Client } from '../../store/s3-store.ts';
import { checkClock } from '../../clock/check-clock.ts';
import { type FakeAnswer, fakeAws } from '../support/aws/fake-aws.ts';
import { makeManualClock, NOW } from '../support/manual-clock.ts';

const DAY_MS = 86_400_000;
const WHO = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:root</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const REFUSAL = `<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`;
const httpDate = (ms: number) => new Date(ms).toUTCString();

/** What is known of AWS's time after such answers, by a clock that is `aheadMs` ahead. */
async function after(answers: FakeAnswer[], aheadMs = 0) {
  const clock = makeManualClock(new Date(NOW.getTime() + aheadMs));
  const awsTime = makeAwsTime(clock);
  const left = [...answers];
  const { options } = fakeAws(() => left.shift() ?? new Error('no answer'));
  const { sts } = makeHubClients({ ...options, region: 'us-east-1', awsTime });
  for (const _answer of answers)
    await sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  return awsTime;
}

const inTime = { body: WHO, date: httpDate(NOW.getTime()) };

describe("AWS's own time", () => {
  it('is that of its latest answer, beside the clock here at that moment', async () => {
    const awsTime = await after([{ body: WHO, date: httpDate(0) }, inTime], 40 * DAY_MS);
    expect(awsTime.latest()).toEqual({
      awsAt: NOW.toISOString(),
      ownAt: new Date(NOW.getTime() + 40 * DAY_MS).toISOString(),
    });
  });

  it('is also that of a refusal, such as AWS gives to what was signed with a wrong clock', async () => {
    const awsTime = await after([{ ...inTime, status: 403, body: REFUSAL }], DAY_MS);
    expect(awsTime.latest().awsAt).toBe(NOW.toISOString());
  });

  it('is seen through the SDK, which corrects its own clock by it and signs as if all were well', async () => {
    const clock = makeManualClock(new Date(Date.now() + 40 * DAY_MS));
    const awsTime = makeAwsTime(clock);
    const { options } = fakeAws(() => ({ body: WHO, date: httpDate(Date.now()) }));
    const { sts } = makeHubClients({ ...options, region: 'us-east-1', awsTime });
    sts.config.systemClockOffset = -40 * DAY_MS;
    await sts.send(new GetCallerIdentityCommand({}));
    expect(() => checkClock({ awsTime }, 'delete')).toThrow('the clock here said');
  });

  it.each([
    ['without a time', { body: WHO }],
    ['with a time that is none', { body: WHO, date: 'soon' }],
    ["that isn't AWS's", { ...inTime, status: 502, body: '<html></html>' }],
  ])('is not known from an answer %s: nothing is removed then', async (_what, answer) => {
    const awsTime = await after([answer]);
    expect(awsTime.latest().awsAt).toBeNull();
    expect(() => checkClock({ awsTime }, 'delete')).toThrow('no answer of AWS told its time');
    expect(checkClock({ awsTime }, 'report')).toMatchObject({ awsAt: null });
  });

  it('is heard from S3 too, which is all that Plan talks to', async () => {
    const awsTime = makeAwsTime(makeManualClock());
    const s3 = makeS3Client({
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      region: 'eu-west-1',
      awsTime,
    });
    const { options } = fakeAws(() => inTime);
    s3.config.requestHandler = options.requestHandler as typeof s3.config.requestHandler;
    await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    expect(awsTime.latest().awsAt).toBe(NOW.toISOString());
  });
});

describe.each([
  ['ahead', 1],
  ['behind', -1],
])('a clock that is %s', (_what, sign) => {
  it.each([
    ['4 minutes', 4, true],
    ['5 minutes', 5, true],
    ['5 minutes and a second', 5 + 1 / 60, false],
    ['40 days', 40 * 24 * 60, false],
  ])('by %s', async (_by, minutes, isRight) => {
    const awsTime = await after([inTime], sign * minutes * 60_000);
    expect(checkClock({ awsTime }, 'report') === null).toBe(isRight);
    const check = () => checkClock({ awsTime }, 'delete');
    if (isRight) expect(check()).toBeNull();
    else expect(check).toThrow(NOW.toISOString());
  });
});
