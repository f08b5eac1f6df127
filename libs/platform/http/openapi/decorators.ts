import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ApiExtension, ApiHeader, ApiResponse } from '#platform/api-docs';
import type { ErrorFact } from '#kernel/app-error';
import type { DeclaredInput } from '../input/declared-input.js';
import { extendRouteConfig } from '../route-config.js';

interface CataloguedErrorClass {
  readonly fact: ErrorFact;
}

/** The extension that carries the declared errors to the document builder, which removes it. */
export const PROBLEMS_EXTENSION = 'x-problems';

/** Documents which errors a route answers with, from the same facts that answer them. */
export const Problems = (...errors: CataloguedErrorClass[]): MethodDecorator =>
  ApiExtension(
    PROBLEMS_EXTENSION,
    errors.map(({ fact }) => fact.code),
  );

export interface AnswerOptions {
  readonly description: string;
  /** The answer has an `ETag`. */
  readonly etag?: boolean;
  /** The answer has a `Location`. */
  readonly location?: boolean;
  /** The route knows `If-None-Match`, and may answer 304. */
  readonly conditional?: boolean;
  /** What the answer says to caches on its way, as its `Cache-Control`. */
  readonly cacheControl?: string;
}

const header = (description: string, example: string) => ({
  description,
  schema: { type: 'string' as const, maxLength: 256, example },
});

const ETAG = { ETag: header('The version of the resource, for If-Match and If-None-Match.', '"1"') };

const CACHE_CONTROL = (value: string) => ({
  'Cache-Control': header('What caches between you and the service may do with it (RFC 9111).', value),
});

/** The header and the answer of a conditional read (RFC 9110, 13.1.2). */
const conditionalRead = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The ETag that you have. Still current: 304 without a body.',
      schema: { type: 'string', maxLength: 1024 },
      example: '"1"',
    }),
    ApiResponse({ status: 304, description: 'What you have is current.', headers: ETAG }),
  );

/** The status and the body of a route's success. */
export const Answers = (status: number, type: Type, options: AnswerOptions): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    readsWhatItDeclares,
    ...(options.conditional ? [conditionalRead()] : []),
    ApiResponse({
      status,
      type,
      description: options.description,
      headers: {
        ...(options.etag && ETAG),
        ...(options.cacheControl && CACHE_CONTROL(options.cacheControl)),
        ...(options.location && { Location: header('Where the new resource is.', '/v1/products/…') }),
      },
    }),
  );

/** Tells the edge what the handler's parameters read, so that it can refuse the rest (`input/declared-input`). */
const readsWhatItDeclares: MethodDecorator = (target, method, descriptor) => {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, method) ?? {}) as object;
  const declares = (type: RouteParamtypes) => Object.keys(parameters).some((key) => key.startsWith(`${type}:`));
  const reads: DeclaredInput = { query: declares(RouteParamtypes.QUERY), body: declares(RouteParamtypes.BODY) };
  extendRouteConfig({ reads })(target, method, descriptor);
};
