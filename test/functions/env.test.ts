import { Floors } from '../../core/floors/floors.ts';
import { ENV, formatProtectTags, parseEnv } from '../../functions/env.ts';

const SEAL_KEY_ARN =
  'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const FLOORS = Floors.parse({ graceDays: 14, maxRemovals: 100 });
const REMOVE_PLANNED = {
  POWERTOOLS_SERVICE_NAME: 'orgsweep',
  BUCKET: 'orgsweep-hub-111122223333',
  SEAL_KEY_ARN,
  PARTITION: 'aws-us-gov',
  HUB_ACCOUNT_ID: '111122223333',
  DISCOVERY_ROLE_NAME: 'orgsweep-discovery',
  DELETION_ENABLED: 'true',
  DELETION_ROLE_NAME: 'orgsweep-deletion',
  REMOVALS_PER_SECOND: '0.5',
  FLOORS: JSON.stringify(FLOORS),
  DELETION_KINDS: 'ebs-snapshot',
};
const PREPARE = {
  POWERTOOLS_SERVICE_NAME: 'orgsweep',
  BUCKET: 'orgsweep-hub-111122223333',
  SEAL_KEY_ARN,
  PARTITION: 'aws',
  DELETION_ENABLED: 'false',
  PROTECT_TAGS: 'Retain,Backup=yes',
  FLOORS: JSON.stringify(FLOORS),
  DELETION_KINDS: 'ebs-snapshot,made-up',
  STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:orgsweep',
};

describe("a deployed function's environment", () => {
  it('is text outside and typed inside', () => {
    expect(parseEnv(ENV.Prepare, PREPARE)).toEqual({
      ...PREPARE,
      DELETION_ENABLED: false,
      PROTECT_TAGS: ['Retain', 'Backup=yes'],
      FLOORS,
      DELETION_KINDS: ['ebs-snapshot', 'made-up'],
    });
    expect(parseEnv(ENV.RemovePlanned, REMOVE_PLANNED)).toEqual({
      ...REMOVE_PLANNED,
      DELETION_ENABLED: true,
      REMOVALS_PER_SECOND: 0.5,
      FLOORS,
      DELETION_KINDS: ['ebs-snapshot'],
    });
  });

  it("holds nothing but the function's own variables", () => {
    expect(parseEnv(ENV.Plan, { ...REMOVE_PLANNED, AWS_REGION: 'eu-west-1' })).toEqual({
      POWERTOOLS_SERVICE_NAME: 'orgsweep',
      BUCKET: REMOVE_PLANNED.BUCKET,
      SEAL_KEY_ARN,
      FLOORS,
      DELETION_KINDS: ['ebs-snapshot'],
    });
  });

  it.each([
    ['BUCKET', undefined, /environment\.BUCKET: missing/],
    ['BUCKET', '', /environment\.BUCKET: "" – accepted: the name of a bucket/],
    ['PARTITION', 'AWS', /environment\.PARTITION: "AWS"/],
    ['HUB_ACCOUNT_ID', '11112222333', /environment\.HUB_ACCOUNT_ID: .* accepted: 12 digits/],
    [
      'DELETION_ROLE_NAME',
      'arn:aws:iam::111122223333:role/x',
      /DELETION_ROLE_NAME: .*name of an IAM role/,
    ],
    [
      'SEAL_KEY_ARN',
      'alias/orgsweep',
      /environment\.SEAL_KEY_ARN: .* accepted: the ARN of a KMS key/,
    ],
    ['EXTERNAL_ID', '', /environment\.EXTERNAL_ID: ""/],
    ['REMOVALS_PER_SECOND', '0', /environment\.REMOVALS_PER_SECOND: "0" – accepted: .* above 0/],
    ['FLOORS', 'none', /environment\.FLOORS: "none" – accepted: JSON/],
    ['FLOORS', '{"graceDays":-1}', /environment\.FLOORS.*accepted: 0 or more days/],
    ['FLOORS', undefined, /environment\.FLOORS: missing/],
    ['DELETION_KINDS', undefined, /environment\.DELETION_KINDS: missing/],
    ['DELETION_KINDS', '', /environment\.DELETION_KINDS/],
    ['REMOVALS_PER_SECOND', 'two', /environment\.REMOVALS_PER_SECOND: "two"/],
  ])('with %s = %j is refused, naming it', (key, value, message) => {
    const parse = () => parseEnv(ENV.RemovePlanned, { ...REMOVE_PLANNED, [key]: value });
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ name: 'InvalidEnvironment' }));
  });

  it('enables deletion with the word "true" alone', () => {
    const parse = (text: string) => parseEnv(ENV.Prepare, { ...PREPARE, DELETION_ENABLED: text });
    expect(parse('true').DELETION_ENABLED).toBe(true);
    for (const text of ['1', 'yes', 'TRUE', '']) {
      expect(() => parse(text)).toThrow('accepted: "true", "false"');
    }
  });
});

describe('protect tags', () => {
  it.each([[[]], [['Retain']], [['Retain', 'Backup=yes', 'team:keep*', 'note=a b']]])(
    '%j are read as they were written',
    (tags) => {
      const read = parseEnv(ENV.Prepare, { ...PREPARE, PROTECT_TAGS: formatProtectTags(tags) });
      expect(read.PROTECT_TAGS).toEqual(tags);
    },
  );

  it('with a comma are refused: they would be read as others, and protect nothing', () => {
    expect(() => formatProtectTags(['Retain', 'note=a,b'])).toThrow(/"note=a,b".*without a comma/);
  });

  it('that are none are refused', () => {
    const parse = () => parseEnv(ENV.Prepare, { ...PREPARE, PROTECT_TAGS: 'Retain,' });
    expect(parse).toThrow(/environment\.PROTECT_TAGS\[1\].*"key" or "key=value"/);
  });
});
