import { AMOUNT_MAX } from '#kernel/money';
import { IntegerField } from './number-field.js';
import { CurrencyField } from './text-field.js';

/** Money in a request. One class for all modules: a schema of the document goes by its class's name. */
export class MoneyRequest {
  @IntegerField({ min: 0, max: AMOUNT_MAX, example: 5490, description: 'In minor units: cents for EUR.' })
  amount!: number;

  @CurrencyField()
  currency!: string;
}
