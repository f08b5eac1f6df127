import { aNewProduct, type NewProduct } from '../../../libs/modules/catalog/testing/new-product.js';
import { Api, type Answer } from './api.js';

export { aNewProduct, type NewProduct };

export interface ProductBody {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock: number;
  readonly status: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ProductPage {
  readonly items: readonly ProductBody[];
  readonly nextCursor: string | null;
}

/** The catalog's routes by what they do. */
export class StoreClient extends Api {
  create(product: Partial<NewProduct> = {}): Promise<Answer<ProductBody>> {
    return this.post('/v1/products', aNewProduct(product));
  }

  /** @throws Error when it was not created */
  async created(product: Partial<NewProduct> = {}): Promise<ProductBody> {
    const { status, body } = await this.create(product);
    if (status !== 201) throw new Error(`No product: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  product(id: string, headers: Record<string, string> = {}): Promise<Answer<ProductBody>> {
    return this.get(`/v1/products/${id}`, headers);
  }

  change(id: string, ifMatch: string, changes: object): Promise<Answer<ProductBody>> {
    return this.patch(`/v1/products/${id}`, changes, { 'if-match': ifMatch });
  }

  turn(id: string, verb: 'activate' | 'discontinue', ifMatch = '*'): Promise<Answer<ProductBody>> {
    return this.post(`/v1/products/${id}/${verb}`, undefined, { 'if-match': ifMatch });
  }

  adjust(id: string, delta: number, reason = 'Counted'): Promise<Answer<ProductBody>> {
    return this.post(`/v1/products/${id}/stock-adjustments`, { delta, reason });
  }

  page(query: Record<string, string | number> = {}): Promise<Answer<ProductPage>> {
    const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.get(`/v1/products?${text.toString()}`);
  }

  /** Every page from the first to the last. `between` runs after each page. */
  async walk(
    query: Record<string, string | number>,
    between?: (page: ProductPage) => Promise<void>,
  ): Promise<ProductBody[]> {
    const items: ProductBody[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body } = await this.page(cursor ? { ...query, cursor } : query);
      if (status !== 200) throw new Error(`No page: ${status} ${JSON.stringify(body)}`);
      items.push(...body.items);
      cursor = body.nextCursor;
      await between?.(body);
    }
    return items;
  }
}
