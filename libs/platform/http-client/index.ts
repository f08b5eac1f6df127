export { correlationHeaders } from './correlation-headers.js';
export { JsonClient, type JsonClientOptions } from './json-client.js';
export { StrictReading } from './strict-reading.js';
