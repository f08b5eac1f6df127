import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SealingKey } from './sealing-key.js';

const KEY_BYTES = 32;

/** For one process without a database: its cursors end with it. */
@Injectable()
export class RandomSealingKey extends SealingKey {
  private readonly key = Promise.resolve(randomBytes(KEY_BYTES));

  override get(): Promise<Buffer> {
    return this.key;
  }
}
