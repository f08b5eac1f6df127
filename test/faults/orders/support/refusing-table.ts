import { withConnection } from '#platform/testing';

/** The purchases refuse whatever holds this product, as a broken constraint would, until they are `mended`. */
export async function refusePurchasesOf(adminUrl: string, { id }: { readonly id: string }): Promise<void> {
  await withConnection(adminUrl, (admin) =>
    admin.query(`
      CREATE FUNCTION recommendations.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'this purchase is refused'; END $$;
      CREATE TRIGGER refused BEFORE INSERT ON recommendations.purchases FOR EACH ROW
        WHEN (NEW.product_ids @> ARRAY['${id}'::uuid]) EXECUTE FUNCTION recommendations.refuse()`),
  );
}

export async function mendPurchases(adminUrl: string): Promise<void> {
  await withConnection(adminUrl, (admin) => admin.query('DROP FUNCTION recommendations.refuse CASCADE'));
}
