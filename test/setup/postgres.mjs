import { ensureTestPostgres } from './postgres-server.mjs';

export default ensureTestPostgres;
