/** Who asks. Verified at the edge, and passed into a use case as a value: for ownership, and to say who did it. */
export interface Caller {
  /** The subject of the access token: unique with its issuer, and never given to another (RFC 9068, 2.2). */
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
}
