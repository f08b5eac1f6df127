import { TestIssuer, type Claims } from '#platform/testing';

/** The issuer that the stores of this test file trust. It goes with the process. */
export const issuer = await TestIssuer.listening();

/** The Authorization header of somebody who may change the catalog, unless the claims say otherwise. */
export const bearer = (claims: Claims = {}): string => `Bearer ${issuer.token(claims)}`;

const STOREKEEPER = bearer();

/** The same header each time: who asks is not the subject of most tests. */
export const storekeeper = (): string => STOREKEEPER;

/** The Authorization header of somebody who buys. */
export const customer = (sub: string): string => bearer({ sub, scope: 'orders:read orders:write' });
