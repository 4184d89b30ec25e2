import { PROTECT_TAG } from '../../../core/tags/protection.ts';
import { inShell } from '../../format/in-shell.ts';
import type { ResourceRef } from '../../../core/model/ids.ts';

/** Kinds whose resources `aws ec2 create-tags` can tag. */
const TAGGED_BY_EC2: readonly string[] = ['ebs-snapshot'];

/** Brings back one resource. @param all the command that brings back all that was removed */
export function restoreOne(all: string, resourceId: string): string {
  return `${all} --resource ${inShell(resourceId)}`;
}

/** Tags a resource such that orgsweep keeps it; null for a kind that is tagged otherwise. */
export function protectCommand(
  of: Pick<ResourceRef, 'kind' | 'region' | 'resourceId'>,
): string | null {
  if (!TAGGED_BY_EC2.includes(of.kind)) return null;
  const tag = `Key=${PROTECT_TAG},Value=yes`;
  const words = ['aws', 'ec2', 'create-tags', '--region', of.region];
  return [...words, '--resources', of.resourceId, '--tags', tag].map(inShell).join(' ');
}
