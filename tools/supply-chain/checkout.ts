import { join, resolve } from 'node:path';

/** The project that this file belongs to, with what it has installed. */
export const CHECKOUT = resolve(import.meta.dirname, '../..');

export const LOCK_FILE = join(CHECKOUT, 'package-lock.json');
