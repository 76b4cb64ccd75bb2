/** Leases: at most one holder per name at a time. */
export interface LeaseStore {
  /** Takes or prolongs the lease; false when somebody else holds it. */
  hold(request: {
    readonly name: string;
    readonly holder: string;
    readonly now: Date;
    readonly until: Date;
  }): Promise<boolean>;
  release(request: { readonly name: string; readonly holder: string }): Promise<void>;
}
