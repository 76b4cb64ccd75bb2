/** The part of Standard Schema (standardschema.dev, version 1) that payonce uses: any validator that implements it can describe a plugin's options. */
export interface StandardSchema<Output> {
  /** Where validators keep what the standard asks for. */
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** A parsed value, or what is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing wrong, and where. */
export interface StandardIssue {
  /** What is wrong, for people. Must not repeat secrets. */
  readonly message: string;
  /** Where, from the outside in; absent for the whole value. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
