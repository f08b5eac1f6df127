/** Where the issuer's keys come from. */
export abstract class KeySource {
  /**
   * The text of a JSON Web Key Set, as it is now.
   * @throws DependencyUnavailable, DependencyTimeout when it is not to be had
   */
  abstract read(): Promise<string>;
}
