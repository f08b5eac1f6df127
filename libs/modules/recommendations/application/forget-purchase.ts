import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import { CompanionRepository, type Forgetting } from './ports/companion.repository.js';

/** Unlearns a purchase that was taken back. */
@UseCase()
export class ForgetPurchase {
  constructor(
    private readonly companions: CompanionRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Takes back what the purchase was counted for, now or, when it is told only later, by not counting it then.
   * @param id UUID of the purchase
   */
  async execute(id: string): Promise<Forgetting> {
    return (await this.unitOfWork.run(() => this.companions.forget(id), { repeatable: true })).outcome;
  }
}
