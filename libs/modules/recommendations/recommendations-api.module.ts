import { Module } from '@nestjs/common';
import { RecommendationsController } from './adapters/http/recommendations.controller.js';
import { RecommendationsModule } from './recommendations.module.js';

/** The recommendations with a front of their own, for the app that serves them to others. */
@Module({ imports: [RecommendationsModule], controllers: [RecommendationsController] })
export class RecommendationsApiModule {}
