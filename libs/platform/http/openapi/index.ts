export { Answers, Problems, RequiresScope, SCOPES_METADATA } from './decorators.js';
export { DocsSettings } from './docs.settings.js';
export { buildDocument, type ApiDescription } from './document.js';
export { serveDocs } from './serve-docs.js';
