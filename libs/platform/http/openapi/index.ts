export { Answers, Problems } from './decorators.js';
export { DocsSettings } from './docs.settings.js';
export { buildDocument, type ApiDescription } from './document.js';
export { serveDocs } from './serve-docs.js';
