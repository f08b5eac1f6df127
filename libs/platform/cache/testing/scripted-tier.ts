import { CacheTier, type HeldKeys, type Hold, type Kept } from '../tier/cache-tier.js';
import { MemoryCacheTier } from '../tier/memory-cache-tier.js';

export type TierCommand = 'read' | 'write' | 'claim' | 'prolong' | 'hold' | 'release' | 'remove';

/** A tier in memory, some of whose commands a test makes fail. */
export class ScriptedTier extends CacheTier {
  /** What was asked of it, whether it failed or not. */
  readonly asked: TierCommand[] = [];
  private readonly memory = new MemoryCacheTier();
  private readonly failing = new Set<TierCommand>();

  fail(...commands: readonly TierCommand[]): void {
    for (const command of commands) this.failing.add(command);
  }

  heal(): void {
    this.failing.clear();
  }

  override async read(keys: readonly string[]): Promise<readonly Kept[]> {
    this.meet('read');
    return this.memory.read(keys);
  }

  override async write(keys: readonly string[], value: Kept, ttlMs: number): Promise<void> {
    this.meet('write');
    await this.memory.write(keys, value, ttlMs);
  }

  override async claim(key: string, value: Kept, ttlMs: number): Promise<boolean> {
    this.meet('claim');
    return this.memory.claim(key, value, ttlMs);
  }

  override async prolong(key: string, value: string, ttlMs: number): Promise<boolean> {
    this.meet('prolong');
    return this.memory.prolong(key, value, ttlMs);
  }

  override async hold(things: readonly HeldKeys[], hold: Hold): Promise<void> {
    this.meet('hold');
    await this.memory.hold(things, hold);
  }

  override async release(things: readonly HeldKeys[], hold: Hold): Promise<void> {
    this.meet('release');
    await this.memory.release(things, hold);
  }

  override async remove(keys: readonly string[]): Promise<void> {
    this.meet('remove');
    await this.memory.remove(keys);
  }

  private meet(command: TierCommand): void {
    this.asked.push(command);
    if (this.failing.has(command)) throw new Error(`no ${command}`);
  }
}
