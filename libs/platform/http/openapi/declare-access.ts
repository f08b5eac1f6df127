import type { OpenAPIObject } from '#platform/api-docs';
import { ACCESS_EXTENSION, CLOSED, type RouteAccess } from '../access/route-access.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [ACCESS_EXTENSION]?: RouteAccess };

/** The name of the security scheme in the document. */
const SCHEME = 'accessToken';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Writes who may use each operation: nobody without a token, unless the route says otherwise. */
export function declareAccess(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.securitySchemes = {
    [SCHEME]: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        'An access token (RFC 9068) of the issuer that this service trusts, checked as RFC8725 asks: algorithms on a list, ' +
        'type, issuer, audience and times. It is sent in the Authorization header (RFC 6750). Names ' +
        'in a requirement are scopes that the token must have. Under `npm start`: npm run token.',
    },
  };
  document.security = [{ [SCHEME]: [] }];
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) declareOn(operation);
    }
  }
}

function declareOn(operation: Operation): void {
  const access = operation[ACCESS_EXTENSION] ?? CLOSED;
  delete operation[ACCESS_EXTENSION];
  operation.security = access === 'public' ? [] : [{ [SCHEME]: [...access.scopes] }];
}
