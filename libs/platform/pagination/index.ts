export { ApiNextCursor } from './api-next-cursor.js';
export { CURSOR_LENGTH_MAX, CursorCodec } from './cursor-codec.js';
export { PaginationModule } from './pagination.module.js';
export { SealingKey } from './sealing-key.js';
