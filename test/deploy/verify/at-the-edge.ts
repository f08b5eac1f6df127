import { HEADERS } from '../../../tools/verify/trials/access/headers.ts';
import { ROUTES } from '../../../tools/verify/trials/access/routes.ts';
import { SHARED_LIMIT } from '../../../tools/verify/trials/access/shared-limit.ts';
import { TOKENS } from '../../../tools/verify/trials/access/tokens.ts';
import { CURSORS } from '../../../tools/verify/trials/contract/cursors.ts';
import { AGREED_DOCUMENT } from '../../../tools/verify/trials/contract/agreed-document.ts';
import { LISTS } from '../../../tools/verify/trials/contract/lists.ts';
import { PRECONDITIONS } from '../../../tools/verify/trials/contract/preconditions.ts';
import { DEADLINE } from '../../../tools/verify/trials/faults/deadline.ts';
import { INSIDES } from '../../../tools/verify/trials/faults/insides.ts';
import { SHEDDING } from '../../../tools/verify/trials/faults/shedding.ts';
import { FIELDS } from '../../../tools/verify/trials/input/fields.ts';
import { COUNTED } from '../../../tools/verify/trials/observation/counted.ts';
import { COUNTED_REFUSALS } from '../../../tools/verify/trials/observation/counted-refusals.ts';
import { OPERATIONS_PAGE } from '../../../tools/verify/trials/observation/operations-page.ts';
import { SECRETS } from '../../../tools/verify/trials/observation/secrets.ts';
import { sabotage } from './sabotage.js';

/** What a request meets before a module's code, and on its way back. */
export const AT_THE_EDGE = [
  sabotage(FIELDS, 'accepts fields that nobody declared', 'libs/platform/http/validation.pipe.ts', [
    'forbidNonWhitelisted: true',
    'forbidNonWhitelisted: false',
  ]),
  sabotage(INSIDES, 'shows the stack of an error to the client', 'libs/platform/errors/problem.ts', [
    'detail: clip(error.message, TEXT_LENGTH_MAX)',
    'detail: String(error.stack)',
  ]),
  sabotage(DEADLINE, 'lets a request take as long as it likes', 'libs/platform/http/edge/request-deadlines.ts', [
    'if (nowMs < deadline.expiresAtMs) continue;',
    'continue;',
  ]),
  sabotage(SHEDDING, 'refuses nothing, whatever there is to do', 'libs/platform/http/shedding/load-shedder.ts', [
    'return reason !== null;',
    'return false;',
  ]),
  sabotage(
    PRECONDITIONS,
    'changes what the caller has not seen',
    'libs/modules/catalog/application/expected-version.ts',
    ["expected !== 'any' && !expected.versions.includes(product.version)", 'false'],
  ),
  sabotage(SECRETS, 'logs the values of every query parameter', 'libs/platform/logging/logged-request.ts', [
    'if (allowed.has(name))',
    'if (name)',
  ]),
  sabotage(COUNTED, 'counts what a handler has answered, and nothing else', 'libs/platform/http/http-metrics.ts', [
    'this.duration.observe({',
    'if ([401, 403, 404, 413].includes(status)) return;\n    this.duration.observe({',
  ]),
  sabotage(CURSORS, 'takes any cursor for its own', 'libs/platform/pagination/cursor-codec.ts', [
    'if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) throw new CursorInvalid();',
    'void [timingSafeEqual, expected];',
  ]),
  sabotage(ROUTES, 'lets in whoever has a token, whatever its scopes', 'libs/platform/http/access/access-gate.ts', [
    'if (!access.scopes.every((scope) => caller.scopes.has(scope))) throw new InsufficientScope(access.scopes);',
    'void InsufficientScope;',
  ]),
  sabotage(TOKENS, 'takes tokens that are meant for another', 'libs/platform/security/tokens/access-tokens.ts', [
    '      issuer,\n      audience,\n      algorithms,\n',
    '      issuer,\n      algorithms,\n',
  ]),
  sabotage(
    ROUTES,
    'opens a route to everybody',
    'libs/modules/catalog/adapters/http/product-changes.controller.ts',
    ["@Post('activate')\n  @RequiresScope('catalog:write')", "@Post('activate')\n  @Public()"],
    [' RequiresScope, UuidParam }', ' Public, RequiresScope, UuidParam }'],
  ),
  sabotage(HEADERS, 'sends no security headers', 'libs/platform/http/edge/request-pipeline.ts', [
    'reply.headers(API_HEADERS).header(',
    'reply.header(',
  ]),
  sabotage(
    SHARED_LIMIT,
    'limits callers at each replica by itself',
    'libs/platform/rate-limit/redis-rate-limit-store.ts',
    [
      "const quotas = await this.run('rate-limit.take', 1, caller, limits);",
      'const quotas = await this.own.take(caller, limits);',
    ],
  ),
  sabotage(LISTS, 'sorts the other way round', 'libs/modules/catalog/adapters/postgres/product-list.statements.ts', [
    "sort.startsWith('-') ? ['<', 'DESC'] : ['>', 'ASC']",
    "sort.startsWith('-') ? ['>', 'ASC'] : ['<', 'DESC']",
  ]),
  sabotage(
    LISTS,
    'filters by whether there is a category, and not by which',
    'libs/modules/catalog/adapters/postgres/product-list.statements.ts',
    [`category = \${parameter()}`, `\${parameter()}::varchar IS NOT NULL`],
  ),
  sabotage(TOKENS, 'takes tokens that never end', 'libs/platform/security/tokens/access-tokens.ts', [
    "requiredClaims: ['exp']",
    'requiredClaims: []',
  ]),
  sabotage(
    AGREED_DOCUMENT,
    'asks for another scope than was agreed on',
    'libs/modules/catalog/adapters/http/product-changes.controller.ts',
    ["@Post('activate')\n  @RequiresScope('catalog:write')", "@Post('activate')\n  @RequiresScope('orders:write')"],
  ),
  sabotage(SHARED_LIMIT, 'has one limit for all users together', 'libs/platform/http/access/access-gate.ts', [
    `user:\${caller.id}`,
    'user:all',
  ]),
  sabotage(COUNTED_REFUSALS, 'counts no answer that it gives in need', 'libs/platform/http/http-metrics.ts', [
    'this.duration.observe({',
    'if ([429, 431, 500, 503, 504].includes(status)) return;\n    this.duration.observe({',
  ]),
  sabotage(COUNTED_REFUSALS, 'notes no client', 'libs/platform/http/http-metrics.ts', [
    "if (clientAddress !== '') this.clients.note(clientAddress);",
    'void [clientAddress, this.clients];',
  ]),
  sabotage(OPERATIONS_PAGE, 'shows a page of nothing', 'libs/platform/operations/page/render-page.ts', [
    'return page(snapshot, [...parts.map((part) => part(snapshot)), settled]);',
    'void [parts, page, settled];\n    return "<!doctype html>" + snapshot.service.name;',
  ]),
];
