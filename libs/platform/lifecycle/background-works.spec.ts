import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { BackgroundWork } from './background-work.js';
import { BackgroundWorks } from './background-works.js';

const steps: string[] = [];

class Relay extends BackgroundWork {
  override start(): void {
    steps.push('relay starts');
  }

  override stop(): Promise<void> {
    return Promise.reject(new Error('no'));
  }
}

class Sweeper extends BackgroundWork {
  override start(): void {
    steps.push('sweeper starts');
  }

  override async stop(): Promise<void> {
    steps.push('sweeper stops');
  }
}

@Module({ providers: [Relay, Sweeper] })
class Works {}

async function theWorks(): Promise<BackgroundWorks> {
  steps.length = 0;
  const module = await Test.createTestingModule({ imports: [DiscoveryModule, Works] }).compile();
  await module.init();
  return new BackgroundWorks(module.get(DiscoveryService, { strict: false }));
}

describe('background work', () => {
  it('is found where a module provides it, and does nothing until the service serves', async () => {
    const works = await theWorks();
    expect(steps).toEqual([]);
    works.start();
    expect(steps).toEqual(['relay starts', 'sweeper starts']);
  });

  it('stops, all of it, also when some does not stop well; and that is told', async () => {
    const works = await theWorks();
    await expect(works.stop()).rejects.toThrow('Background work did not stop well.');
    expect(steps).toEqual(['sweeper stops']);
  });
});
