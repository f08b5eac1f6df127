/** A product as the store answers it: by hand, member by member, from the row. */
export const PRODUCT_COLUMNS =
  'id, sku, name, description, category, price_amount, price_currency, stock, status, version, created_at, updated_at';

export const productOf = (row) => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  description: row.description,
  category: row.category,
  price: { amount: Number(row.price_amount), currency: row.price_currency },
  stock: row.stock,
  status: row.status,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
