import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { runSeeds } from './run-seeds.js';
import { Seed, type SeedResult } from './seed.js';
import { SeedingModule } from './seeding.module.js';

class BooksSeed extends Seed {
  override readonly name = 'library';
  override readonly things = 'books';
  private added = 3;

  override run(): Promise<SeedResult> {
    const result = { total: 3, added: this.added };
    this.added = 0;
    return Promise.resolve(result);
  }
}

class ReadersSeed extends Seed {
  override readonly name = 'readers';

  override run(): Promise<SeedResult> {
    return Promise.resolve({ total: 2, added: 1 });
  }
}

@Module({ providers: [BooksSeed] })
class LibraryModule {}

@Module({ providers: [ReadersSeed] })
class ReadersModule {}

@Module({ imports: [SeedingModule, LibraryModule, ReadersModule] })
class App {}

describe('runSeeds', () => {
  it('finds the seeds where modules provide them, and runs them in the order of the imports', async () => {
    const app = await NestFactory.createApplicationContext(App, { logger: false });
    const lines: string[] = [];

    await runSeeds(app, (line) => lines.push(line));
    await runSeeds(app, (line) => lines.push(line));

    expect(lines).toEqual([
      'seeded library: 3 books (3 new)',
      'seeded readers: 2 entries (1 new)',
      'seeded library: 3 books (0 new)',
      'seeded readers: 2 entries (1 new)',
    ]);
    await app.close();
  });
});
