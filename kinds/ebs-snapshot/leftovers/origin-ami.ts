import { DAY_MS } from '../../../core/model/age.ts';
import { isAmiId } from '../../ec2/ami-id.ts';
import { isIdOfCopies } from '../../ec2/volume-id.ts';
import { BY_CREATE_IMAGE, isFinalCopy } from '../copies/counted.ts';
import { isRealVolumeId, type NamedAmi } from '../facts.ts';
import type { ListedSnapshot } from '../listing.ts';

/** What CopyImage writes: not in AWS's text, but the same wherever a program reads it. */
const BY_COPY_IMAGE =
  /^Copied for DestinationAmi (ami-[0-9a-f]+) from SourceAmi ami-[0-9a-f]+ for SourceSnapshot snap-[0-9a-f]+\. Task created on ([0-9][0-9,]*)\.?$/;

type Made = Pick<
  ListedSnapshot,
  'volumeId' | 'description' | 'transferType' | 'tags' | 'startedAt'
>;

/**
 * Which AMI of its own account and Region a snapshot was made for, as AWS itself writes it there. A
 * description can be written by anybody, and a copy may keep one: that names an AMI which never was
 * there, so that its absence proves nothing. So the whole of it has to fit, and what else the snapshot
 * shows of how it was made. Pure.
 *
 * @returns null: nothing says so
 */
export function originAmiOf(snapshot: Made): NamedAmi | null {
  // It is a copy of a volume, whatever it says besides.
  if (isFinalCopy(snapshot)) return null;
  const named = byCreateImage(snapshot) ?? byCopyImage(snapshot);
  return named !== null && isAmiId(named.amiId) ? named : null;
}

function byCreateImage({ volumeId, description, transferType }: Made): NamedAmi | null {
  const [, amiId, named = volumeId] = BY_CREATE_IMAGE.exec(description) ?? [];
  const isCopy = !isRealVolumeId(volumeId) || transferType !== null || named !== volumeId;
  return amiId === undefined || isCopy ? null : { amiId, by: 'CreateImage' };
}

/**
 * Only the AMI that it was copied for: the one that was copied is somewhere else. A snapshot that was
 * copied from such a one has the same volume id and the same words, and names an AMI of another place.
 * But it began another day.
 */
function byCopyImage({ volumeId, description, startedAt }: Made): NamedAmi | null {
  const [, amiId, taskAt] = BY_COPY_IMAGE.exec(description) ?? [];
  if (amiId === undefined || volumeId === null || !isIdOfCopies(volumeId)) return null;
  return isOfTask(startedAt, taskAt) ? { amiId, by: 'CopyImage' } : null;
}

/** What AWS writes in milliseconds, in groups of three digits: 1,712,345,678,901. */
const MILLISECONDS = /^(?:[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)$/;

/** @param taskAt when CopyImage began its task, as it writes that */
function isOfTask(startedAt: string | null, taskAt = ''): boolean {
  if (startedAt === null || !MILLISECONDS.test(taskAt)) return false;
  const apartMs = Math.abs(Date.parse(startedAt) - Number(taskAt.replaceAll(',', '')));
  return apartMs <= DAY_MS;
}
