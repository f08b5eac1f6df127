import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { Caller } from '#kernel/caller';
import { CurrentUser } from '../access/current-user.js';
import { Public, RateLimit, RequiresScope, Unlimited } from '../access/route-access.js';

/** One route of each kind. */
@Controller()
export class RoomsController {
  @Get('open')
  @Public()
  open() {
    return { room: 'open' };
  }

  /** Says nothing of who may use it. */
  @Get('closed')
  closed(@CurrentUser() caller: Caller) {
    return { id: caller.id, scopes: [...caller.scopes] };
  }

  @Post('shelves')
  @HttpCode(200)
  @RequiresScope('catalog:write')
  stock(@Body() body: Record<string, unknown>) {
    return { stocked: Object.keys(body) };
  }

  @Get('vault')
  @RequiresScope('catalog:write', 'vault:open')
  vault() {
    return { room: 'vault' };
  }

  @Get('searches')
  @RateLimit({ name: 'searches', max: 1, windowSeconds: 30 })
  search() {
    return { found: [] };
  }

  @Get('open-searches')
  @Public()
  @RateLimit({ name: 'open-searches', max: 1, windowSeconds: 30 })
  openSearch() {
    return { found: [] };
  }

  @Get('hall')
  @Public()
  @Unlimited()
  hall() {
    return { room: 'hall' };
  }

  @Get('club')
  @Unlimited()
  club() {
    return { room: 'club' };
  }

  @Get('mistake')
  @Public()
  mistake(@CurrentUser() caller: Caller) {
    return { id: caller.id };
  }
}
