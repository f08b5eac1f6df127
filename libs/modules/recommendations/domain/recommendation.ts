/** A product that was bought together with the one in question. */
export interface Companion {
  readonly productId: string;
  /** Purchases that held both, at least 1. */
  readonly together: number;
  /** Purchases that held the product in question and any other: at least as many. */
  readonly purchases: number;
}

export interface Recommendation {
  readonly productId: string;
  /** Above 0, up to 1: of the purchases with the product in question, the share that held this one too. */
  readonly score: number;
}

export const recommendationOf = ({ productId, together, purchases }: Companion): Recommendation => ({
  productId,
  score: together / purchases,
});
