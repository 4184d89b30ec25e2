/** The SSM parameter of a hub that was deployed under the default prefix. */
export const DEFAULT_HUB_NAME = '/orgsweep/hub';

/** What a command has to be given to find a hub: the default one goes without its name. */
export function hubOption(hubName: string): string {
  return hubName === DEFAULT_HUB_NAME ? '--hub' : `--hub=${hubName}`;
}
