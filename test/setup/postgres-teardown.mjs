import { releaseTestPostgres } from './postgres-server.mjs';

export default releaseTestPostgres;
