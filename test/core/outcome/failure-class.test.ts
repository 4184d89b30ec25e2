import {
  classifyCode,
  classifyFailure,
  CODES,
  FAILURE_CLASSES,
  meaningIn,
} from '../../../core/outcome/failure-class.ts';

const failure = (code: string, status?: number) => ({
  code,
  message: 'no',
  ...(status && { status }),
});

it('no code is in two classes', () => {
  const all = Object.values(CODES).flat();
  expect(all).toEqual([...new Set(all)]);
});

it.each(Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name])))(
  '%s is %s, whatever its status',
  (code, name) => {
    expect(classifyCode(code ?? '')).toBe(name);
    expect(classifyFailure(failure(code ?? '', 500))).toBe(name);
  },
);

it('what is in no class is OTHER, and trouble of the server with its status', () => {
  expect(FAILURE_CLASSES).toContain('OTHER');
  expect(classifyFailure(failure('SomethingNew'))).toBe('OTHER');
  expect(classifyFailure(failure('SomethingNew', 502))).toBe('SERVER');
  expect(classifyFailure(failure('Http503'))).toBe('SERVER');
});

describe('a Region that needs no opt-in is never disabled', () => {
  it('AuthFailure there is about the credentials or the clock', () =>
    expect(meaningIn(failure('AuthFailure'), false)).toBe('CREDENTIALS'));

  it('OptInRequired there is about the account', () => {
    expect(meaningIn(failure('OptInRequired'), false)).toBe('ACCOUNT');
    // STS itself can be deactivated where a Region can't.
    expect(meaningIn(failure('RegionDisabledException'), false)).toBe('REGION_DISABLED');
  });

  it.each([true, undefined])('where it may need one (%s), it may be disabled', (needsOptIn) => {
    for (const code of CODES.REGION_DISABLED)
      expect(meaningIn(failure(code), needsOptIn)).toBe('REGION_DISABLED');
  });

  it('everything else means the same everywhere', () => {
    expect(meaningIn(failure('UnauthorizedOperation'), false)).toBe('DENIED');
  });
});
