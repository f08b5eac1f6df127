import type { FastifyServerOptions } from 'fastify';

const refuse = () => (): never => {
  throw new Error(
    'A route has a JSON schema of Fastify: requests are read, and answers written, by the classes of ours.',
  );
};

/**
 * For servers whose routes have no schema of Fastify's: its compilers, ajv and fast-json-stringify, are a hundred files that
 * would be loaded at every start, and again compile nothing. A route that has one after all fails the start.
 */
export const NO_SCHEMAS: Pick<FastifyServerOptions, 'schemaController'> = {
  schemaController: { compilersFactory: { buildValidator: refuse, buildSerializer: refuse } },
};
