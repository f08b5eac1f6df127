import { AMOUNT_MAX } from '#kernel/money';
import { CurrencyField, IntegerField } from '#platform/http';

export class MoneyRequest {
  @IntegerField({ min: 0, max: AMOUNT_MAX, example: 5490, description: 'In minor units: cents for EUR.' })
  amount!: number;

  @CurrencyField()
  currency!: string;
}
