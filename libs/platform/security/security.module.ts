import { Global, Module, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { JwtSettings } from './jwt.settings.js';
import { FileKeySource } from './keys/file-key-source.js';
import { HttpKeySource } from './keys/http-key-source.js';
import { IssuerKeys } from './keys/issuer-keys.js';
import { KeySource } from './keys/key-source.js';
import { NoKeySource } from './keys/no-key-source.js';
import { AccessTokens } from './tokens/access-tokens.js';

const keySourceFor = ({ jwksUrl }: JwtSettings): Type<KeySource> => {
  if (jwksUrl === undefined) return NoKeySource;
  return jwksUrl.startsWith('file:') ? FileKeySource : HttpKeySource;
};

/** Who asks: access tokens, and the keys of their issuer. The edge (`platform/http`) asks it for each closed route. */
@Global()
@Module({
  providers: [
    {
      provide: KeySource,
      inject: [ModuleRef, JwtSettings],
      useFactory: (moduleRef: ModuleRef, settings: JwtSettings) => moduleRef.create(keySourceFor(settings)),
    },
    IssuerKeys,
    AccessTokens,
  ],
  exports: [AccessTokens],
})
export class SecurityModule {}
