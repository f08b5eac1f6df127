import {
  BadRequestException,
  HttpException,
  ImATeapotException,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { errorCodes } from 'fastify';
import { asAppError } from './as-app-error.js';
import { InternalError, RouteNotFound } from './edge.errors.js';

describe('asAppError', () => {
  it('leaves ours as they are', () => {
    const error = new RouteNotFound();
    expect(asAppError(error)).toBe(error);
  });

  it.each([
    [new BadRequestException('canary'), 'platform.malformed-request'],
    [new NotFoundException('canary'), 'platform.route-not-found'],
    [new HttpException('canary', 408), 'platform.request-timeout'],
    [new HttpException('canary', 413), 'platform.body-too-large'],
    [new HttpException('canary', 431), 'platform.headers-too-large'],
    [new ServiceUnavailableException('canary'), 'platform.unavailable'],
    [new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), 'platform.body-too-large'],
    [new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('canary'), 'platform.unsupported-media-type'],
    [new errorCodes.FST_ERR_BAD_URL('canary'), 'platform.malformed-request'],
    [new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH(), 'platform.malformed-request'],
  ])('says what the framework says in our words: %s', (thrown, code) => {
    const error = asAppError(thrown);
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('canary');
  });

  it.each([
    ['an error', new Error('canary')],
    ['a status that we never answer', new ImATeapotException()],
    ["a stranger's error with a status", Object.assign(new Error('canary'), { statusCode: 404 })],
    [
      "a stranger's error with a status and a code",
      Object.assign(new Error('canary'), { statusCode: 404, code: 'E_HTTP' }),
    ],
    ['an object that looks like an error', { statusCode: 404, code: 'FST_ERR_NOT_FOUND' }],
    ['a text', 'canary'],
    ['nothing', undefined],
    ['null', null],
  ])('takes %s for a fault of ours, keeps it as the cause, and does not repeat it', (_what, thrown) => {
    const error = asAppError(thrown);
    expect(error).toBeInstanceOf(InternalError);
    expect(error.cause).toBe(thrown);
    expect(error.message).not.toContain('canary');
  });
});
