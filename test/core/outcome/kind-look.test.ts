import { failedAsAWhole, kindsMissing, lookAt } from '../../../core/outcome/kind-look.ts';
import type { KindLook } from '../../../core/outcome/outcome.ts';
import { anOutcome, KIND } from '../../support/summaries/builders.ts';

const denied = { code: 'AccessDenied', message: 'no' };
const complete: KindLook = { status: 'COMPLETE', references: { volumes: 4 } };
const looks = { [KIND]: complete, ami: { status: 'ACCESS_DENIED' as const, failure: denied } };
const half = anOutcome({ status: 'ACCESS_DENIED', failure: denied, looks });

describe('the look at one kind in a target', () => {
  it('is as the target tells of that kind', () => {
    expect(lookAt(half, KIND)).toEqual(complete);
    expect(lookAt(half, 'ami').status).toBe('ACCESS_DENIED');
    expect(kindsMissing(half)).toEqual(['ami']);
  });

  it('is a gap where the target tells of other kinds only', () => {
    expect(lookAt(anOutcome({ looks: { [KIND]: complete } }), 'ami')).toMatchObject({
      status: 'FAILED',
      failure: { code: 'KindMissing' },
    });
  });

  it('is left out with its Region where the target was looked at for global kinds alone', () => {
    const excluded = 'REGION_EXCLUDED' as const;
    const given = anOutcome({ excluded, looks: { 'hosted-zone': { status: 'COMPLETE' } } });
    expect(lookAt(given, KIND)).toEqual({ status: 'EXCLUDED' });
    expect(lookAt(given, 'hosted-zone').status).toBe('COMPLETE');
  });

  it('is as the target as a whole where that tells of no kind, as in files of older versions', () => {
    const recycleBin = { [KIND]: { rules: [] } };
    const old = anOutcome({
      status: 'THROTTLED',
      failure: denied,
      references: { amis: 1 },
      recycleBin,
    });
    expect(lookAt(old, KIND)).toEqual({
      ...{ status: 'THROTTLED', failure: denied, references: { amis: 1 } },
      recycleBin: { rules: [] },
    });
    expect(kindsMissing(old)).toEqual([]);
  });

  it('is failed in a target that is not to be believed', () => {
    const failure = { code: 'RecordTampered', message: 'changed' };
    const failed = failedAsAWhole({ ...half, accepted: 'known' }, failure);
    expect(lookAt(failed, KIND)).toMatchObject({ status: 'FAILED', failure });
    expect([failed.accepted, failed.kinds]).toEqual([undefined, half.kinds]);
  });
});
