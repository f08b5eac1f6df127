import type { Money } from '#kernel/money';
import { undoneBy } from '#platform/unit-of-work';
import { Stock, type StockPurpose } from '../application/ports/stock.js';
import { OutOfStock, ProductsNotForSale, StockNotTakenBack } from '../domain/order.errors.js';
import type { OrderLine, WantedLine } from '../domain/order.state.js';

interface Pile {
  pieces: number;
  readonly unitPrice: Money;
}

/** A stock to test with: piles of pieces, with room for {@link ROOM} each, and a memory of who moved them. */
export class ShelfStock extends Stock {
  readonly moves: { readonly way: 'out' | 'in'; readonly purpose: StockPurpose }[] = [];
  private readonly piles = new Map<string, Pile>();

  holding(productId: string, pieces: number, unitPrice: Money): this {
    this.piles.set(productId, { pieces, unitPrice });
    return this;
  }

  piecesOf(productId: string): number | undefined {
    return this.piles.get(productId)?.pieces;
  }

  override async reserve(lines: readonly WantedLine[], purpose: StockPurpose): Promise<readonly OrderLine[]> {
    const found = lines.flatMap((line) => {
      const pile = this.piles.get(line.productId);
      return pile ? [{ line, pile }] : [];
    });
    if (found.length < lines.length) {
      throw new ProductsNotForSale(lines.map(({ productId }) => productId).filter((id) => !this.piles.has(id)));
    }
    const short = found.filter(({ line, pile }) => pile.pieces < line.quantity);
    if (short.length > 0) {
      throw new OutOfStock(
        short.map(({ line: { productId, quantity }, pile }) => {
          return { productId, requested: quantity, available: pile.pieces };
        }),
      );
    }
    for (const { line, pile } of found) move(pile, -line.quantity);
    this.moves.push({ way: 'out', purpose });
    return found.map(({ line, pile }) => ({ ...line, unitPrice: pile.unitPrice }));
  }

  override async giveBack(lines: readonly WantedLine[], purpose: StockPurpose): Promise<void> {
    const piles = lines.map(({ productId, quantity }) => ({ pile: this.piles.get(productId), quantity }));
    if (piles.some(({ pile, quantity }) => !pile || pile.pieces + quantity > ROOM)) {
      throw new StockNotTakenBack(purpose.orderId);
    }
    for (const { pile, quantity } of piles) if (pile) move(pile, quantity);
    this.moves.push({ way: 'in', purpose });
  }
}

/** Pieces of one product. */
export const ROOM = 100;

function move(pile: Pile, delta: number): void {
  pile.pieces += delta;
  undoneBy(() => void (pile.pieces -= delta));
}
