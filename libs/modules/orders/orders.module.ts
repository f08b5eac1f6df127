import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CatalogModule } from '#modules/catalog';
import { PaginationModule } from '#platform/pagination';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { CatalogStock } from './adapters/catalog/catalog-stock.js';
import { OrderReadsController } from './adapters/http/order-reads.controller.js';
import { OrdersController } from './adapters/http/orders.controller.js';
import { InMemoryOrderRepository } from './adapters/memory/in-memory-order.repository.js';
import { OrderLineRow } from './adapters/postgres/order-line.row.js';
import { OrderRow } from './adapters/postgres/order.row.js';
import { PostgresOrderRepository } from './adapters/postgres/postgres-order.repository.js';
import { CancelOrder } from './application/cancel-order.js';
import { OrderQueries } from './application/order.queries.js';
import { PlaceOrder } from './application/place-order.js';
import { OrderRepository } from './application/ports/order.repository.js';
import { Stock } from './application/ports/stock.js';
import { OrdersSeed } from './seed/orders.seed.js';

/** The orders' fuse box: which adapter answers which port. */
@Module({
  imports: [
    PaginationModule,
    CatalogModule,
    PostgresModule.forFeature({
      entities: [OrderRow, OrderLineRow],
      migrations: join(import.meta.dirname, 'adapters/postgres/migrations'),
    }),
  ],
  controllers: [OrdersController, OrderReadsController],
  providers: [
    storeAdapter({ port: OrderRepository, postgres: PostgresOrderRepository, memory: InMemoryOrderRepository }),
    { provide: Stock, useClass: CatalogStock },
    PlaceOrder,
    CancelOrder,
    OrderQueries,
    OrdersSeed,
  ],
})
export class OrdersModule {}
