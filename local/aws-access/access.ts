import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { type ClientOptions, REQUESTS } from '../../aws/sessions/aws-clients.ts';
import { trustedCertificates } from './certificates.ts';
import { type Keys, keysOfVariables, refuseBadKeys, refuseBadKeysOf } from './keys.ts';
import { makeNetwork, type Network } from './network.ts';
import { readProxies } from './proxies.ts';
import { configuredRegion, type ConfiguredRegion } from './region.ts';
import { refuseBadSettings } from './settings.ts';
import { type Profile, readProfile, type Variables } from './shared-files.ts';
import { tellingOfNetwork } from './telling-network.ts';

/** AWS as the caller's own configuration gives it. */
export interface CallersAccess extends ConfiguredRegion {
  readonly clients: ClientOptions;
  /** Whose credentials they are, by where they come from. */
  readonly source: string;
}

/**
 * Reads the configuration of whoever calls: Region, profile, credentials, proxies, certificates, as
 * the AWS CLI reads it. Nothing is asked of anybody.
 *
 * @throws {InvalidInput} for whatever can't be read: nothing is replaced by a default
 */
export async function readCallersAccess(
  variables: Variables = process.env,
): Promise<CallersAccess> {
  const profile = await readProfile(variables);
  const region = configuredRegion(variables, profile);
  refuseBadSettings(variables, profile);
  const keys = keysOfVariables(variables);
  if (keys === undefined) refuseBadKeysOf(profile);
  const network = makeNetwork(readProxies(variables), trustedCertificates(variables, profile));
  const { name, from } = profile;
  return {
    ...region,
    clients: {
      network,
      credentials: keys === undefined ? providerFor(profile, region, network) : { ...keys },
      ...(from !== undefined && { profile: name }),
    },
    source:
      keys !== undefined
        ? 'AWS_ACCESS_KEY_ID'
        : from === undefined
          ? 'the default credentials'
          : `the profile ${JSON.stringify(name)}`,
  };
}

/** The SDK's own chain, all of whose requests go out as the others do. */
function providerFor(
  { name, from }: Profile,
  { region }: ConfiguredRegion,
  network: Network,
): () => Promise<Keys> {
  const requestHandler = tellingOfNetwork(network(REQUESTS));
  const provider = defaultProvider({
    ...(from !== undefined && { profile: name }),
    clientConfig: { requestHandler } as never,
    parentClientConfig: { region, requestHandler } as never,
  });
  return async () => {
    const keys = await provider();
    const of = (part: string) => `the ${part} that the credentials of ${name} have`;
    refuseBadKeys(keys, {
      accessKeyId: of('access key id'),
      secretAccessKey: of('secret access key'),
      sessionToken: of('session token'),
    });
    return keys;
  };
}
