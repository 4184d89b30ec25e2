import { type ClientOptions, requestHandlerFor } from '../../aws/sessions/aws-clients.ts';
import { makeHubClients } from '../../aws/sessions/hub-clients.ts';

/** Somebody waits for the first answer, and nothing is lost yet: not five minutes for a dead proxy. */
const FIRST_REQUEST = {
  connectionTimeout: 5_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
};
const FIRST_ATTEMPTS = 3;

/** An STS client for the first call of a command. */
export function makeFirstSts(clients: ClientOptions, region: string) {
  const requestHandler = requestHandlerFor(clients, FIRST_REQUEST);
  const maxAttempts = clients.maxAttempts ?? FIRST_ATTEMPTS;
  return makeHubClients({ ...clients, region, maxAttempts, requestHandler }).sts;
}
