import { ServiceError } from '../call/service.ts';

/** Ids of one shape, and EC2's words where one is no good. */
export interface IdKind {
  readonly shape: RegExp;
  readonly malformed: (id: string) => ServiceError;
  readonly notFound: (id: string) => ServiceError;
}

/** The resources that calls name by id, and EC2's words where an id is no good. */
export const ID_KINDS = {
  snapshot: {
    shape: shapeOf('snap'),
    malformed: (id) =>
      new ServiceError(
        'InvalidParameterValue',
        `Value (${id}) for parameter snapshotId is invalid. Expected: 'snap-...'.`,
      ),
    notFound: (id) =>
      new ServiceError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`),
  },
  volume: {
    shape: shapeOf('vol'),
    malformed: (id) =>
      new ServiceError(
        'InvalidParameterValue',
        `Value (${id}) for parameter volumeId is invalid. Expected: 'vol-...'.`,
      ),
    notFound: (id) =>
      new ServiceError('InvalidVolume.NotFound', `The volume '${id}' does not exist.`),
  },
  instance: {
    shape: shapeOf('i'),
    malformed: (id) => new ServiceError('InvalidInstanceID.Malformed', `Invalid id: "${id}"`),
    notFound: (id) =>
      new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
  },
  image: {
    shape: shapeOf('ami'),
    malformed: (id) =>
      new ServiceError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`),
    notFound: (id) =>
      new ServiceError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`),
  },
  launchTemplate: {
    shape: shapeOf('lt'),
    malformed: (id) =>
      new ServiceError(
        'InvalidLaunchTemplateId.Malformed',
        `The specified launch template ID (${id}) is not valid.`,
      ),
    notFound: (id) =>
      new ServiceError(
        'InvalidLaunchTemplateId.NotFound',
        `The specified launch template, with template ID ${id}, does not exist.`,
      ),
  },
} satisfies Record<string, IdKind>;

/**
 * The resources of all the ids; the first one that is malformed or missing fails the whole call.
 *
 * @throws {ServiceError}
 */
export function findAll<T>(
  kind: IdKind,
  ids: readonly string[],
  find: (id: string) => T | undefined,
): readonly T[] {
  for (const id of ids) refuseMalformed(kind, id);
  return ids.map((id) => {
    const found = find(id);
    if (found === undefined) throw kind.notFound(id);
    return found;
  });
}

/** @throws {ServiceError} */
function refuseMalformed(kind: IdKind, id: string): void {
  if (!kind.shape.test(id)) throw kind.malformed(id);
}

/**
 * EC2 has had ids of 8 and has ids of 17 hexadecimal digits.
 *
 * @internal A kind of a test has such ids as well.
 */
export function shapeOf(prefix: string): RegExp {
  return new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`);
}
