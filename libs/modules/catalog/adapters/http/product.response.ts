import { ApiProperty } from '#platform/api-docs';
import { MoneyResponse } from '#platform/http';
import type { Product } from '../../domain/product.js';
import {
  CATEGORY_LENGTH_MAX,
  DESCRIPTION_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PRODUCT_STATUSES,
  SKU_LENGTH_MAX,
  STOCK_MAX,
  type ProductStatus,
} from '../../domain/product.state.js';

/** A PostgreSQL integer. */
const VERSION_MAX = 2_147_483_647;

export class ProductResponse {
  @ApiProperty({ type: 'string', format: 'uuid', maxLength: 36, example: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' })
  id!: string;

  @ApiProperty({ type: 'string', maxLength: SKU_LENGTH_MAX, example: 'KETTLE-900' })
  sku!: string;

  @ApiProperty({ type: 'string', maxLength: NAME_LENGTH_MAX, example: 'Pour-over kettle' })
  name!: string;

  @ApiProperty({ type: 'string', maxLength: DESCRIPTION_LENGTH_MAX, example: 'Pours where you point it.' })
  description!: string;

  @ApiProperty({ type: 'string', maxLength: CATEGORY_LENGTH_MAX, example: 'coffee-and-tea' })
  category!: string;

  @ApiProperty({ type: MoneyResponse })
  price!: MoneyResponse;

  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: STOCK_MAX, example: 17 })
  stock!: number;

  @ApiProperty({ type: 'string', enum: [...PRODUCT_STATUSES], example: 'active' })
  status!: ProductStatus;

  @ApiProperty({
    type: 'integer',
    format: 'int32',
    minimum: 1,
    maximum: VERSION_MAX,
    example: 3,
    description: 'The ETag is this, in quotes.',
  })
  version!: number;

  @ApiProperty({ type: 'string', format: 'date-time', maxLength: 24, example: '2026-01-15T08:30:00.123Z' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', maxLength: 24, example: '2026-02-20T17:45:59.987Z' })
  updatedAt!: string;

  static from(product: Product): ProductResponse {
    return {
      id: product.id,
      sku: product.sku,
      name: product.name,
      description: product.description,
      category: product.category,
      price: MoneyResponse.from(product.price),
      stock: product.stock,
      status: product.status,
      version: product.version,
      createdAt: product.createdAt.toISOString(),
      updatedAt: product.updatedAt.toISOString(),
    };
  }
}
