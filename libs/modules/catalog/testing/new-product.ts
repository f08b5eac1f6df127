/** What a client sends to create a product. */
export interface NewProduct {
  readonly sku: string;
  readonly name: string;
  readonly description?: string;
  readonly category: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock: number;
}

let made = 0;

/** What creates a product: a SKU of its own, and a distinct value in every other field. */
export const aNewProduct = (over: Partial<NewProduct> = {}): NewProduct => ({
  sku: `KETTLE-${(made += 1)}`,
  name: 'Pour-over kettle',
  description: 'Pours where you point it.',
  category: 'coffee-and-tea',
  price: { amount: 5490, currency: 'EUR' },
  stock: 17,
  ...over,
});
