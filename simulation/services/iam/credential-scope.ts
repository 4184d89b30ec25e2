/** What a signed request says about itself in its Authorization header (Signature Version 4). */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const SCOPE = /\bCredential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request\b/;

/** The scope, or undefined when the request isn't signed. The signature itself isn't checked. */
export function parseCredentialScope(
  authorization: string | undefined,
): CredentialScope | undefined {
  const [, accessKeyId, region, service] = SCOPE.exec(authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}
