import { createHash } from 'node:crypto';
import type { RedisClient } from './redis-client.js';

/** A Lua script, which Redis runs in one go, with nothing between its commands. */
export class RedisScript {
  private readonly sha1: string;

  constructor(private readonly source: string) {
    this.sha1 = createHash('sha1').update(source).digest('hex'); // so Redis names scripts: not a matter of security
  }

  /**
   * Runs it by its name; by its text where Redis doesn't know it: the first time, and after a restart, a failover or
   * SCRIPT FLUSH. What it answers is for the caller to check.
   */
  async run(client: RedisClient, keys: string[], values: string[]): Promise<unknown> {
    const input = { keys, arguments: values };
    try {
      return await client.evalSha(this.sha1, input);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return client.eval(this.source, input);
    }
  }
}

/** By the word with which the protocol begins this refusal, so that who has no Redis loads no client for its class. */
const isUnknownScript = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT');
