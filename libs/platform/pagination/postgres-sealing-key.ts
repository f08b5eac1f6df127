import { Injectable } from '@nestjs/common';
import { runOutsideRequest } from '#platform/context';
import { Postgres, type Statement } from '#platform/postgres';
import { SealingKey } from './sealing-key.js';

const FIND_KEY: Statement = {
  name: 'platform.find-sealing-key',
  text: 'SELECT key FROM platform.sealing_keys WHERE id = 1',
};

/** The key that the migration drew. Read once: a process keeps the key that it started with. */
@Injectable()
export class PostgresSealingKey extends SealingKey {
  private key: Promise<Buffer> | undefined;

  constructor(private readonly postgres: Postgres) {
    super();
  }

  override get(): Promise<Buffer> {
    this.key ??= runOutsideRequest(() => this.read()).catch((error: unknown) => {
      this.key = undefined; // the next caller tries again
      throw error;
    });
    return this.key;
  }

  private async read(): Promise<Buffer> {
    const { rows } = await this.postgres.query<{ key: Buffer }>(FIND_KEY);
    if (!rows[0]) throw new Error('platform.sealing_keys is empty: its migration draws a key.');
    return rows[0].key;
  }
}
