import { IntegerField, MoneyRequest, ObjectField, SlugField, TextField } from '#platform/http';
import {
  CATEGORY_LENGTH_MAX,
  DESCRIPTION_LENGTH_MAX,
  NAME_LENGTH_MAX,
  SKU_LENGTH_MAX,
  STOCK_MAX,
  type ProductDraft,
} from '../../domain/product.state.js';

/** Letters, digits, and what people put between them; case counts. */
const SKU = /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/;

export class CreateProductRequest {
  @TextField({
    minLength: 1,
    maxLength: SKU_LENGTH_MAX,
    pattern: SKU,
    patternInWords: 'letters and digits, with single dots, hyphens or underscores between them',
    example: 'KETTLE-900',
    description: 'Unique among all products, discontinued ones too.',
  })
  sku!: string;

  @TextField({ minLength: 1, maxLength: NAME_LENGTH_MAX, example: 'Pour-over kettle' })
  name!: string;

  @TextField({
    maxLength: DESCRIPTION_LENGTH_MAX,
    multiline: true,
    example: 'Pours where you point it.',
    optional: true,
  })
  description?: string;

  @SlugField({ maxLength: CATEGORY_LENGTH_MAX, example: 'coffee-and-tea' })
  category!: string;

  @ObjectField(() => MoneyRequest)
  price!: MoneyRequest;

  @IntegerField({ min: 0, max: STOCK_MAX, example: 17, description: 'Pieces.' })
  stock!: number;
}

export const draftOf = (request: CreateProductRequest): Omit<ProductDraft, 'id'> => ({
  sku: request.sku,
  name: request.name,
  description: request.description ?? '',
  category: request.category,
  price: request.price,
  stock: request.stock,
});
