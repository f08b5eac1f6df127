import { AtLeastOneField, MoneyRequest, ObjectField, SlugField, TextField } from '#platform/http';
import {
  CATEGORY_LENGTH_MAX,
  DESCRIPTION_LENGTH_MAX,
  NAME_LENGTH_MAX,
  type ProductChanges,
} from '../../domain/product.state.js';

/** A field that is absent stays as it is; at least one must be there. */
@AtLeastOneField()
export class ChangeProductRequest {
  @TextField({ minLength: 1, maxLength: NAME_LENGTH_MAX, example: 'Gooseneck kettle', optional: true })
  name?: string;

  @TextField({ maxLength: DESCRIPTION_LENGTH_MAX, multiline: true, example: 'Holds 0.9 litres.', optional: true })
  description?: string;

  @SlugField({ maxLength: CATEGORY_LENGTH_MAX, example: 'coffee-and-tea', optional: true })
  category?: string;

  @ObjectField(() => MoneyRequest, { optional: true })
  price?: MoneyRequest;
}

export const changesOf = ({ name, description, category, price }: ChangeProductRequest): ProductChanges => ({
  name,
  description,
  category,
  price,
});
