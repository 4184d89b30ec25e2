/** The volume id that copies and imports of snapshots carry, such as vol-ffffffff: it is no volume's. */
const OF_COPIES = /^vol-f+$/;

export function isIdOfCopies(volumeId: string): boolean {
  return OF_COPIES.test(volumeId);
}
