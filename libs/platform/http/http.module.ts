import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { instancesOf } from '#platform/discovery';
import { RateLimiter, RateLimitModule } from '#platform/rate-limit';
import { AccessTokens, SecurityModule } from '#platform/security';
import { UniqueClientsModule } from '#platform/unique-clients';
import { AccessGate } from './access/access-gate.js';
import { accessMetricProviders } from './access/access-metrics.js';
import { RouteTable } from './access/route-table.js';
import { AccessLog } from './access-log.js';
import { AllowedMethods } from './edge/allowed-methods.js';
import type { PublicServer } from './edge/fastify.js';
import { RequestPipeline } from './edge/request-pipeline.js';
import { ResponseObserver } from './edge/response-observer.js';
import { FailureLog } from './failure-log.js';
import { httpMetricProviders } from './http-metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { LoadShedder } from './shedding/load-shedder.js';
import { StrictValidationPipe } from './validation.pipe.js';

/**
 * What stands between a socket and a controller, in the order in which a request meets it:
 * the request hook (`edge/request-pipeline`) → CORS → the gate (`access/`: rate limit, authentication, scopes) → the
 * body's bounds (`body/`) → the validation pipe → the controller;
 * on the way back every error → the problem filter, and every answer → its observers.
 */
@Module({})
export class HttpModule {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly pipeline: RequestPipeline,
    private readonly gate: AccessGate,
    private readonly tokens: AccessTokens,
    private readonly limiter: RateLimiter,
  ) {}

  static forRoot({ pipeline, shedder, allowedMethods, gate, routes }: PublicServer): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [DiscoveryModule, SecurityModule, RateLimitModule, UniqueClientsModule],
      providers: [
        { provide: RequestPipeline, useValue: pipeline },
        { provide: LoadShedder, useValue: shedder },
        { provide: AccessGate, useValue: gate },
        { provide: RouteTable, useValue: routes },
        { provide: AllowedMethods, useValue: allowedMethods },
        { provide: APP_PIPE, useClass: StrictValidationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
        FailureLog, // before the line of the request
        AccessLog,
        ...httpMetricProviders,
        ...accessMetricProviders,
      ],
    };
  }

  onModuleInit(): void {
    this.gate.guardedBy(this.tokens, this.limiter);
    this.pipeline.observedBy(instancesOf(this.discovery, ResponseObserver));
  }
}
