import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PagePosition } from '#kernel/page';
import { CursorInvalid } from '#platform/errors';
import { SealingKey } from './sealing-key.js';

/** 128 bits: a forger needs more tries than there is time. */
const SEAL_BYTES = 16;
/** A sort value is a text of 200 characters at most: in JSON and base64url this leaves room. */
export const CURSOR_LENGTH_MAX = 2048;
const CURSOR = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{22})$/;

/**
 * Places in a list as opaque texts. A cursor is sealed with the list that made it (route, filters, sort), so that a
 * forged one, or one of another list, is refused instead of silently giving the wrong page.
 */
@Injectable()
export class CursorCodec {
  constructor(private readonly key: SealingKey) {}

  /**
   * @param list a canonical text of the route, the filters and the sort
   * @throws DatabaseUnavailable, DatabaseTimeout before the key has been read
   */
  async encode(list: string, { sortValue, id }: PagePosition): Promise<string> {
    const payload = Buffer.from(JSON.stringify([sortValue, id])).toString('base64url');
    return `${payload}.${seal(await this.key.get(), list, payload)}`;
  }

  /**
   * @throws CursorInvalid when the cursor was not made by {@link encode} for the same list
   * @throws DatabaseUnavailable, DatabaseTimeout before the key has been read
   */
  async decode(list: string, cursor: string): Promise<PagePosition> {
    const [, payload, given] = (cursor.length <= CURSOR_LENGTH_MAX && CURSOR.exec(cursor)) || [];
    if (!payload || !given) throw new CursorInvalid();
    // Compared as text: the last character of base64url has bits to spare, and one place has one cursor.
    const expected = seal(await this.key.get(), list, payload);
    if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) throw new CursorInvalid();
    const [sortValue, id] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string | number, string];
    return { sortValue, id };
  }
}

const seal = (key: Buffer, list: string, payload: string): string =>
  createHmac('sha256', key).update(`${list}\n${payload}`).digest().subarray(0, SEAL_BYTES).toString('base64url');
