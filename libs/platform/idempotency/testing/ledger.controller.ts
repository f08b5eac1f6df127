import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { appError } from '#kernel/app-error';
import { RequiresScope, TextField } from '#platform/http';
import { Idempotent } from '../idempotent.decorator.js';
import { ANSWER_BYTES_MAX } from '../answer.js';
import { Ledger } from './ledger.js';

export class LineRequest {
  @TextField({ minLength: 1, maxLength: 80, example: 'a line' })
  text!: string;

  @TextField({ minLength: 1, maxLength: 80, example: 'a hand', optional: true })
  hand?: string;
}

export class LineRefused extends appError({
  code: 'trial.line-refused',
  kind: 'conflict',
  title: 'The line is refused',
  remedy: 'None.',
}) {}

export class LineBusy extends appError({
  code: 'trial.line-busy',
  kind: 'conflict',
  title: 'The line is busy',
  remedy: 'Try again.',
  transient: true,
}) {}

/** What a test makes the work do, after it has left its line; it may wait, and it may fail. */
export class Plot {
  during: (text: string) => Promise<unknown> = () => Promise.resolve();
  runs = 0;
}

@Controller()
export class LedgerController {
  private made = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly plot: Plot,
  ) {}

  @Post('lines')
  @HttpCode(201)
  @RequiresScope('catalog:write')
  @Idempotent()
  async add(@Body() { text }: LineRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('location', `/lines/${text}`).header('etag', '"1"').header('x-other', 'not kept');
    await this.write(text);
    return { text, number: (this.made += 1), note: 'ünïcode \u2028 "quoted"', absent: undefined, at: new Date(0) };
  }

  @Post('shelves/:shelf/lines')
  @HttpCode(200)
  @RequiresScope('catalog:write')
  @Idempotent({ isolation: 'repeatable read' })
  async addTo(@Param('shelf') shelf: string, @Body() { text }: LineRequest) {
    await this.write(`${shelf}: ${text}`);
    return { shelf, text };
  }

  @Post('silent-lines')
  @HttpCode(204)
  @RequiresScope('catalog:write')
  @Idempotent()
  async addSilently(@Body() { text }: LineRequest): Promise<void> {
    await this.write(text);
  }

  @Post('large-lines')
  @HttpCode(200)
  @RequiresScope('catalog:write')
  @Idempotent()
  async addLargely(@Body() { text }: LineRequest) {
    await this.write(text);
    return { text: 'x'.repeat(ANSWER_BYTES_MAX) };
  }

  private async write(text: string): Promise<void> {
    this.plot.runs += 1;
    await this.ledger.add(text);
    await this.plot.during(text);
  }
}
