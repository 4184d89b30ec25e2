import { z } from 'zod';
import { redactSecrets } from '../../aws/answers/redact-secrets.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Profile, Variables } from './shared-files.ts';

interface Setting {
  readonly variable: string;
  /** In a profile. */
  readonly key: string;
  readonly schema: z.ZodType;
  readonly accepted: string;
}

const oneOf = (...names: string[]) => ({
  schema: z.string().refine((value) => names.includes(value.toLowerCase())),
  accepted: names.join(', '),
});
/** The SDK takes no other spelling. */
const BOOLEAN = { schema: z.enum(['true', 'false']), accepted: 'true, false' };
const ENDPOINT = {
  schema: z.url({ protocol: /^https?$/ }),
  accepted: 'a URL such as "https://vpce-0abc.sts.eu-west-1.vpce.amazonaws.com", or leave it unset',
};
const CHECKSUM = oneOf('when_supported', 'when_required');

/** What the SDK reads besides Region and credentials, and finds fault with only when it is used. */
const SETTINGS: readonly Setting[] = [
  { variable: 'AWS_ENDPOINT_URL', key: 'endpoint_url', ...ENDPOINT },
  { variable: 'AWS_USE_FIPS_ENDPOINT', key: 'use_fips_endpoint', ...BOOLEAN },
  { variable: 'AWS_USE_DUALSTACK_ENDPOINT', key: 'use_dualstack_endpoint', ...BOOLEAN },
  {
    variable: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    key: 'ignore_configured_endpoint_urls',
    ...BOOLEAN,
  },
  {
    variable: 'AWS_MAX_ATTEMPTS',
    key: 'max_attempts',
    schema: z.string().regex(/^[1-9]\d{0,2}$/),
    accepted: 'a whole number, 1 to 999',
  },
  { variable: 'AWS_RETRY_MODE', key: 'retry_mode', ...oneOf('legacy', 'standard', 'adaptive') },
  {
    variable: 'AWS_DEFAULTS_MODE',
    key: 'defaults_mode',
    ...oneOf('standard', 'in-region', 'cross-region', 'mobile', 'auto', 'legacy'),
  },
  {
    variable: 'AWS_ACCOUNT_ID_ENDPOINT_MODE',
    key: 'account_id_endpoint_mode',
    ...oneOf('preferred', 'disabled', 'required'),
  },
  {
    variable: 'AWS_REQUEST_CHECKSUM_CALCULATION',
    key: 'request_checksum_calculation',
    ...CHECKSUM,
  },
  {
    variable: 'AWS_RESPONSE_CHECKSUM_VALIDATION',
    key: 'response_checksum_validation',
    ...CHECKSUM,
  },
];

/** @throws {InvalidInput} for a setting that the SDK can't read: at the first call it is a riddle */
export function refuseBadSettings(variables: Variables, profile: Profile): void {
  for (const { variable, key, ...of } of SETTINGS) {
    refuse(variable, variables[variable], of);
    refuse(`${key} of the profile ${JSON.stringify(profile.name)}`, profile.settings[key], of);
  }
  for (const variable of Object.keys(variables)) {
    // Of one service each.
    if (/^AWS_ENDPOINT_URL_\w+$/.test(variable)) refuse(variable, variables[variable], ENDPOINT);
  }
}

function refuse(
  name: string,
  value: string | undefined,
  { schema, accepted }: Pick<Setting, 'schema' | 'accepted'>,
): void {
  if (value === undefined || schema.safeParse(value).success) return;
  throw new InvalidInput(fault(name, redactSecrets(value), accepted));
}
