import { ApiProperty } from '#platform/api-docs';
import { AMOUNT_MAX, type Money } from '#kernel/money';

/** Money on the wire. One class for all modules: a schema of the document goes by its class's name. */
export class MoneyResponse {
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 0, maximum: AMOUNT_MAX, example: 5490 })
  amount!: number;

  @ApiProperty({ type: 'string', pattern: '^[A-Z]{3}$', maxLength: 3, example: 'EUR' })
  currency!: string;

  static from({ amount, currency }: Money): MoneyResponse {
    return { amount, currency };
  }
}
