/** The most items that one page may hold. */
export const PAGE_SIZE_MAX = 100;
export const PAGE_SIZE_DEFAULT = 20;

/**
 * A place in a stable order: the sort value and the id of the last item seen. Adapters continue strictly after it.
 * A page is asked for by place and not by offset, so that rows that come and go neither repeat nor hide others.
 */
export interface PagePosition {
  readonly sortValue: string | number;
  readonly id: string;
}

export interface PageRequest {
  /** 1 to {@link PAGE_SIZE_MAX}. */
  readonly limit: number;
  readonly after: PagePosition | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts, or null on the last one. */
  readonly next: PagePosition | null;
}
