import { Api } from '../../../system/support/api.js';

interface Identified {
  readonly id: string;
}

export interface Recommendations {
  readonly items: readonly Identified[];
  readonly source: string;
  readonly degraded: boolean;
}

/** Product pages with what goes with the product, and the memory of all that were seen. */
export class RecommendationPages {
  readonly seen: Recommendations[] = [];
  private readonly api: Api;

  constructor(storeUrl: string) {
    this.api = new Api(storeUrl);
  }

  /** @throws Error when there is no such page */
  async of({ id }: Identified): Promise<Recommendations> {
    const path = `/v1/products/${id}?include=recommendations`;
    const { status, body } = await this.api.get<{ recommendations: Recommendations }>(path);
    if (status !== 200) throw new Error(`No page: ${status} ${JSON.stringify(body)}`);
    this.seen.push(body.recommendations);
    return body.recommendations;
  }

  async recommends(product: Identified, other: Identified): Promise<boolean> {
    return (await this.of(product)).items.some(({ id }) => id === other.id);
  }
}
