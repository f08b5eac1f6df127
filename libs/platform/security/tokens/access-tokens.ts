import { Injectable } from '@nestjs/common';
import type { JWTHeaderParameters, JWTVerifyOptions } from 'jose';
import { jwtVerify } from 'jose/jwt/verify';
import type { Caller } from '#kernel/caller';
import { Clock } from '#kernel/clock';
import { TokenInvalid } from '../authentication.errors.js';
import { JwtSettings } from '../jwt.settings.js';
import { IssuerKeys } from '../keys/issuer-keys.js';
import { callerIn } from './caller-in.js';
import { faultOf } from './fault-of.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Verifies access tokens: RFC 9068 (4), with the algorithms on our list and the issuer's keys, and nothing of the token's choice. */
@Injectable()
export class AccessTokens {
  private readonly verified = new VerifiedTokens();
  private readonly types: ReadonlySet<string>;

  constructor(
    private readonly keys: IssuerKeys,
    private readonly settings: JwtSettings,
    private readonly clock: Clock,
  ) {
    this.types = new Set(settings.types.map(mediaTypeOf));
  }

  /** Who the token speaks of if it was verified before, with keys that still hold, and is not over; null says nothing. */
  known(token: string): Caller | null {
    this.keys.keepFresh();
    if (this.keys.tooOld) return null;
    return this.verified.find(token, this.keys.version, this.clock.now().getTime());
  }

  /**
   * @throws TokenInvalid, TokenExpired
   * @throws AppError of kind `unavailable` when the issuer's keys are needed and can't be had
   */
  async verify(token: string): Promise<Caller> {
    const { issuer, audience, algorithms, clockSkewSeconds } = this.settings;
    if (issuer === undefined || audience === undefined) throw new TokenInvalid('issuer');
    const { version } = this.keys; // before the check: of keys that change meanwhile it says nothing
    const { payload, protectedHeader } = await this.checked(token, {
      issuer,
      audience,
      algorithms,
      requiredClaims: ['exp'],
      clockTolerance: clockSkewSeconds,
      currentDate: this.clock.now(),
    });
    this.checkType(protectedHeader);
    const caller = callerIn(payload);
    const expiresAtMs = ((payload.exp ?? 0) + clockSkewSeconds) * 1_000;
    this.verified.keep(token, { caller, expiresAtMs }, version);
    return caller;
  }

  private async checked(token: string, options: JWTVerifyOptions) {
    try {
      return await jwtVerify(token, (header, input) => this.keys.find(header, input), options);
    } catch (error) {
      throw faultOf(error);
    }
  }

  private checkType({ typ }: JWTHeaderParameters): void {
    if (typeof typ === 'string' && this.types.has(mediaTypeOf(typ))) return;
    throw new TokenInvalid('type', 'The header typ does not say that this is an access token.');
  }
}

/** `at+jwt` and `application/at+jwt` are one type, in any case (RFC 7515, 4.1.9). */
const mediaTypeOf = (typ: string): string => typ.toLowerCase().replace(/^application\//, '');
