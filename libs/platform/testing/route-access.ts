/** Who may use a route: everybody, or who has the scopes. */
export type Access = 'public' | readonly string[];

/** A route of the public port, who may use it, and what comes of it: a line of a module's `testing/access.ts`. */
export interface RouteAccess {
  readonly method: string;
  /** As the OpenAPI document writes it: `/v1/products/{id}`. */
  readonly template: string;
  readonly access: Access;
  /** A request that gets in, if its caller may, and the status of what it then gets. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => object;
  readonly status: number;
}

/** The id of nothing, which stands for `{id}`: whoever gets in is told so, and nothing is changed. */
export const ABSENT_ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';
