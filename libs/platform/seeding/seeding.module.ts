import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

/** Lets `runSeeds` find the seeds of an app that imports this. */
@Module({ imports: [DiscoveryModule], exports: [DiscoveryModule] })
export class SeedingModule {}
