import { describe, expect, it } from '@jest/globals';
import { pathOf } from './path-of.js';

describe('pathOf', () => {
  it.each([
    ['/v1/products', '/v1/products'],
    ['/v1/products?token=canary', '/v1/products'],
    ['/v1/products#canary', '/v1/products'],
    ['http://user:canary@host/v1/products?x', '/v1/products'],
    ['http://user:canary@host', ''],
    ['HTTP://user:canary@host?x', ''],
    ['*', '*'],
    ['', ''],
  ])('makes of %j the path %j', (target, path) => {
    expect(pathOf(target)).toBe(path);
  });
});
