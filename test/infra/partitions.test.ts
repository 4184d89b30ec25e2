import { synthHub } from '../support/hub/synth-hub.ts';

const PLACES = {
  aws: 'eu-central-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
} as const;

it.each(Object.entries(PLACES))(
  'names no other partition and no Region when deployed to %s',
  (partition, region) => {
    const { template } = synthHub({}, { account: '111122223333', region });
    const text = JSON.stringify(template.toJSON());
    const arns = [...text.matchAll(/arn:(aws[\w-]*):/g)].map(([, named]) => named);
    expect(arns.filter((named) => named !== partition)).toEqual([]);
    const regions = [...text.matchAll(/\b(?:us|eu|ap|cn|me|sa|ca|af|il|mx)-(?:gov-)?[a-z]+-\d\b/g)];
    expect(regions.map(([name]) => name).filter((name) => name !== region)).toEqual([]);
  },
);

it('names no partition and no Region when it is to be deployed wherever one is', () => {
  const text = JSON.stringify(synthHub().template.toJSON());
  expect(text).not.toMatch(/arn:aws/);
  expect(text).not.toMatch(/\b(us|eu|ap|cn)-(gov-)?[a-z]+-\d\b/);
  expect(text).not.toContain('AWS::CDK::Metadata');
});
