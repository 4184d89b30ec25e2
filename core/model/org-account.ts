/** An account as AWS Organizations lists it. */
export interface OrgAccount {
  readonly id: string;
  readonly name: string;
  /** `State`, or `Status` where AWS gives no State; as it came, so it may be one not yet known. */
  readonly state: string;
  /** `o-…/r-…/ou-…/<account id>/`; null where Organizations doesn't say. */
  readonly path: string | null;
  /** Left out: another account is, or Organizations doesn't say. */
  readonly isManagementAccount?: true | undefined;
}
