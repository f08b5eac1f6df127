export { UniqueClientsModule } from './unique-clients.module.js';
export { UniqueClients } from './unique-clients.js';
