import { LEFTOVER_SITUATIONS } from '../../../../simulation/kinds/ebs-snapshot/leftover-situations.ts';
import { leftoverTruths } from '../../../../simulation/kinds/ebs-snapshot/leftovers.ts';
import {
  ACCOUNT,
  DEFAULT_ORGANIZATION,
  defaultScenario,
} from '../../../../simulation/scenarios/default.ts';
import { needsBySource } from '../../../../simulation/needs.ts';
import { NOW } from '../../../support/manual-clock.ts';

const estateOf = (amounts?: Record<string, number>, region = 'eu-west-1') =>
  defaultScenario.build(NOW, amounts).estate(ACCOUNT.prodShop, region);

/** What it says by itself: no volume can be told from a copy's id. */
const isCopy = (reasons: readonly string[]) => reasons.includes('COPY_ORIGIN_UNKNOWN');

it('has each situation once in every target, and none where its scenario says so', () => {
  const truths = [...leftoverTruths(estateOf())];
  expect(truths.map(({ situation }) => situation)).toEqual(
    LEFTOVER_SITUATIONS.map(({ name }) => name),
  );
  expect([
    ...leftoverTruths(estateOf({ ...DEFAULT_ORGANIZATION.amounts, 'ebs-snapshot': 0 })),
  ]).toEqual([]);
  const elsewhere = new Set(
    [...leftoverTruths(estateOf(undefined, 'us-east-1'))].map((one) => one.resourceId),
  );
  expect(truths.filter(({ resourceId }) => elsewhere.has(resourceId))).toEqual([]);
});

it('whatever is stale nobody needs, and what is kept is needed by one thing alone', () => {
  const estate = estateOf();
  for (const { resourceId, situation, verdict, reasons } of leftoverTruths(estate)) {
    const needs = Object.entries(needsBySource(estate, resourceId)).filter(
      ([, by]) => by.length > 0,
    );
    // What is under way has its volume, and the AMI.
    const most = situation === 'ami-under-way' ? 2 : 1;
    const isNeeded = verdict === 'KEEP' && !isCopy(reasons);
    expect([situation, needs.length]).toEqual([situation, isNeeded ? most : 0]);
  }
});

it('an AMI that is restored, or comes to be, is needed again', () => {
  const estate = estateOf();
  const [left] = [...leftoverTruths(estate)].filter(
    ({ situation }) => situation === 'ami-left-volume-in-use',
  );
  const { description } = estate.snapshot(left!.resourceId)!;
  const imageId = / for (ami-\w+)/.exec(description)![1]!;
  estate.putImage({
    imageId,
    ownerId: estate.accountId,
    name: 'back',
    state: 'available',
    snapshotIds: [],
  });
  expect(needsBySource(estate, left!.resourceId).volumes).toHaveLength(1);
});
