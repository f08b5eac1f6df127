import { describe, expect, it } from '@jest/globals';
import { MalformedRequest } from '#platform/errors';
import { framingFaultOf } from './message-framing.js';

const framed = (httpVersion: string, coding?: string) =>
  framingFaultOf({ httpVersion, headers: coding === undefined ? {} : { 'transfer-encoding': coding } });

describe('the framing of a message', () => {
  it.each([
    ['1.1', undefined],
    ['1.0', undefined],
    ['1.1', 'chunked'],
    ['1.1', 'Chunked'],
  ])('of HTTP/%s with the coding %s is believed', (version, coding) => {
    expect(framed(version, coding)).toBeUndefined();
  });

  it.each([
    ['1.0', 'chunked'],
    ['1.1', 'gzip, chunked'],
    ['1.1', 'identity, chunked'],
    ['1.1', 'chunked, chunked'],
    ['1.1', ', chunked'],
    ['1.1', 'xchunked'],
    ['1.1', 'identity'],
    ['1.1', ''],
    ['0.9', undefined],
    ['2.0', undefined],
  ])('of HTTP/%s with the coding %j is not', (version, coding) => {
    expect(framed(version, coding)).toBeInstanceOf(MalformedRequest);
  });
});
