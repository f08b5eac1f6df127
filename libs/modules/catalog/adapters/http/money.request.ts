import { CurrencyField, IntegerField } from '#platform/http';
import { AMOUNT_MAX } from '../../domain/money.js';

export class MoneyRequest {
  @IntegerField({ min: 0, max: AMOUNT_MAX, example: 5490, description: 'In minor units: cents for EUR.' })
  amount!: number;

  @CurrencyField()
  currency!: string;
}
