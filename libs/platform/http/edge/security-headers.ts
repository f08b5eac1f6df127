import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';

/** Not covered by `default-src`, or asked for by name (ASVS 3.4.3). */
const NEITHER_FRAMED_NOR_FILLED = {
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};

/**
 * What every answer tells a browser: it is data, and nothing else. An API's answer is never a page, a frame or a script;
 * what of helmet's headers speaks to pages alone is left out.
 */
const API_POLICY: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], ...NEITHER_FRAMED_NOR_FILLED },
  },
  frameguard: { action: 'deny' },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  dnsPrefetchControl: false,
  ieNoOpen: false,
  permittedCrossDomainPolicies: false,
  xssFilter: false,
};

/** The page of the documents: its own scripts and styles, its own origin to ask, and nobody else's. */
const DOCS_POLICY: HelmetOptions = {
  ...API_POLICY,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"], // Swagger UI writes style attributes
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      ...NEITHER_FRAMED_NOR_FILLED,
    },
  },
};

/** helmet's headers are the same for each answer: asked for once (docs/decisions/0012-authentication.md). */
function headersOf(policy: HelmetOptions): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: unknown) => (headers[name.toLowerCase()] = String(value)),
    removeHeader: () => undefined,
  };
  helmet(policy)({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return Object.freeze(headers);
}

export const API_HEADERS = headersOf(API_POLICY);
export const DOCS_HEADERS = headersOf(DOCS_POLICY);
