import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Profile, Variables } from './shared-files.ts';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates that are trusted where somebody names a file of them: as with the AWS CLI these
 * and no others, besides those of NODE_EXTRA_CA_CERTS.
 *
 * @returns undefined where nobody does: Node's own
 * @throws {InvalidInput} for a file that can't be read or has none
 */
export function trustedCertificates(variables: Variables, profile: Profile): string[] | undefined {
  const ofProfile = `ca_bundle of the profile ${JSON.stringify(profile.name)}`;
  const [name, file] =
    variables['AWS_CA_BUNDLE'] === undefined
      ? [ofProfile, profile.settings['ca_bundle']]
      : ['AWS_CA_BUNDLE', variables['AWS_CA_BUNDLE']];
  if (file === undefined) return undefined;
  const own = certificatesIn(name, file);
  const extra = variables['NODE_EXTRA_CA_CERTS'];
  // Node only warns of one that it can't read.
  return extra ? [...own, ...(read(extra).text?.match(PEM) ?? [])] : own;
}

function certificatesIn(name: string, file: string): string[] {
  const { text, code } = read(file);
  if (text === undefined)
    throw new InvalidInput(fault(name, file, `a PEM file that can be read (${code})`));
  const found = text.match(PEM) ?? [];
  if (found.length === 0 || !found.every(isCertificate)) {
    throw new InvalidInput(
      fault(name, file, 'a PEM file of certificates ("-----BEGIN CERTIFICATE")'),
    );
  }
  return [...found];
}

function read(file: string): { text?: string; code?: string | undefined } {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code };
  }
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
