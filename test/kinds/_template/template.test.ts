import { reasonOf } from '../../../report/words/reason-words.ts';
import { template } from '../../../kinds/_template/index.ts';
import { aPolicy } from '../../support/summaries/builders.ts';
import { lookAt } from '../../support/aws/fake-ec2.ts';

const NOW = new Date('2026-11-21T06:00:00.000Z');
const address = (of: string) => `<item><allocationId>eipalloc-1</allocationId>${of}</item>`;
const seen = async (answer: string) => {
  const { look } = lookAt({ DescribeAddresses: () => answer });
  const { resources } = await template.discover(look);
  return [...resources].map((facts) => template.assess(facts, aPolicy(), NOW));
};
const set = (of = '') => `<addressesSet>${address(of)}</addressesSet>`;
const tagged = (key: string) => `<tagSet><item><key>${key}</key><value>x</value></item></tagSet>`;

it.each([
  ['that nothing has is stale', '', 'STALE', ['ADDRESS_UNASSOCIATED']],
  ['that something has is kept', '<associationId>a</associationId>', 'KEEP', ['IN_USE']],
  ['that a tag protects is kept', tagged('orgsweep:protect'), 'KEEP', ['PROTECTED_BY_TAG']],
])('an address %s', async (_, of, verdict, reasons) => {
  expect(await seen(set(of))).toEqual([{ verdict, reasons }]);
  for (const reason of reasons)
    expect(reasonOf(template.words, reason)).toMatchObject({ verdict, says: expect.any(String) });
});

it('an answer without a list is no answer, and none is none', async () => {
  await expect(seen('<other/>')).rejects.toThrow('without its list');
  expect(await seen('<addressesSet/>')).toEqual([]);
});
