import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { DependencyUnavailable } from '#platform/resilience';
import { JwtSettings } from '../jwt.settings.js';
import { KeySource } from './key-source.js';

/** The key set of the development issuer, which is a file of this machine. Settings refuse it in production. */
@Injectable()
export class FileKeySource extends KeySource {
  private readonly url: string;

  /** @throws Error without JWKS_URL: then this source is not the one that was chosen */
  constructor(settings: JwtSettings) {
    super();
    if (settings.jwksUrl === undefined) throw new Error('JWKS_URL is not set.');
    this.url = settings.jwksUrl;
  }

  override async read(): Promise<string> {
    try {
      return await readFile(fileURLToPath(this.url), 'utf8');
    } catch (cause) {
      throw new DependencyUnavailable('jwks', { cause });
    }
  }
}
