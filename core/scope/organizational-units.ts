/** The ids of the organizational units in `o-…/r-…/ou-…/<account id>/`, the root's first. */
export function unitsOnPath(path: string | null): string[] {
  return path === null ? [] : path.split('/').filter(Boolean).slice(1, -1);
}

/**
 * The unit that an account is directly in, with how people call it, else its id; undefined: not known.
 *
 * @param names as `namesOfParents` makes them
 */
export function parentUnit(
  path: string | null,
  names: Readonly<Record<string, string>>,
): { readonly id: string; readonly path: string } | undefined {
  const id = unitsOnPath(path).at(-1);
  return id === undefined ? undefined : { id, path: names[id] ?? id };
}

export function isRoot(unitId: string): boolean {
  return unitId.startsWith('r-');
}

/**
 * How people call the units that accounts are directly in, by id: `Workloads / Prod`. A unit above
 * whose name isn't known shows as an ellipsis; one whose own isn't known has no entry.
 *
 * @param names of single units, by id; roots need none
 */
export function namesOfParents(
  accounts: readonly { readonly path: string | null }[],
  names: ReadonlyMap<string, string>,
): Record<string, string> {
  const called = new Map<string, string>();
  for (const { path } of accounts) {
    const units = unitsOnPath(path);
    const parent = units.at(-1);
    if (parent === undefined || called.has(parent)) continue;
    if (isRoot(parent)) called.set(parent, 'Root');
    else if (names.has(parent)) called.set(parent, withUnitsAbove(units, names));
  }
  return Object.fromEntries(called);
}

function withUnitsAbove(units: readonly string[], names: ReadonlyMap<string, string>): string {
  return units
    .filter((id) => !isRoot(id))
    .map((id) => names.get(id) ?? '…')
    .join(' / ');
}
