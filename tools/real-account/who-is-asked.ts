import { readProfile, type Variables } from '../../local/aws-access/shared-files.ts';

/**
 * Where requests go, in words, so that nobody takes what was seen elsewhere for what AWS does: `AWS`
 * only where nothing names another endpoint.
 *
 * @throws {InvalidInput} for a configuration that can't be read
 */
export async function whoIsAsked(
  isSimulated: boolean,
  variables: Variables = process.env,
): Promise<string> {
  if (isSimulated) return 'the simulated organization, not AWS';
  const named = Object.keys(variables).find((name) => name.startsWith('AWS_ENDPOINT_URL'));
  if (named !== undefined) return `what ${named} names, not AWS`;
  const { settings, name } = await readProfile(variables);
  const own = ['endpoint_url', 'services'].find((setting) => settings[setting] !== undefined);
  return own === undefined ? 'AWS' : `what ${own} of the profile ${name} names, not AWS`;
}
