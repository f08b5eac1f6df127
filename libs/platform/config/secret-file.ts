import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode } from './error-code.js';

/** More than any key, certificate or address needs. */
export const SECRET_FILE_BYTES_MAX = 65_536;

/** Why a secret's file can't be used: words that continue "it …", and never quote its path or content. */
export class SecretFileUnusable extends Error {}

/**
 * The content of a secret's file without its last line break, which editors and `echo` add.
 * @throws SecretFileUnusable
 */
export function readSecretFile(path: string): string {
  const content = decode(readBounded(path));
  const text = content.replace(/\r?\n$/, '');
  if (text.trim() === '') throw new SecretFileUnusable('is empty');
  return text;
}

function readBounded(path: string): Buffer {
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would hang the start for ever.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(descriptor).isFile()) throw new SecretFileUnusable('is not a regular file');
    return readUpTo(descriptor, SECRET_FILE_BYTES_MAX);
  } catch (error) {
    throw error instanceof SecretFileUnusable ? error : new SecretFileUnusable(`can not be read (${errorCode(error)})`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Counts what it reads rather than trusting the size, which is 0 for files of the kernel. */
function readUpTo(descriptor: number, bytesMax: number): Buffer {
  const buffer = Buffer.alloc(bytesMax + 1);
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
  }
  throw new SecretFileUnusable(`is larger than ${bytesMax} bytes`);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SecretFileUnusable('is not UTF-8 text');
  }
}
