/**
 * A tiny answer by the whole pipeline: the platform's own service, as `apps/store/src/main.ts` makes it, of one controller
 * that does nothing. What it costs beside a bare server is what every route of the store pays. Closed, the same with a token.
 */
import 'reflect-metadata';
import { Controller, Get } from '@nestjs/common';
import { runService } from '#platform/bootstrap';
import { SettingsModule } from '#platform/config';
import { Public, RequiresScope } from '#platform/http';
import { takesTinyQuery } from './tiny-query.mjs';

class TinyController {
  open() {
    return { status: 'ok' };
  }

  closed() {
    return { status: 'ok' };
  }
}

function route(name, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(TinyController.prototype, name);
  for (const decorate of decorators) decorate(TinyController.prototype, name, descriptor);
  takesTinyQuery(TinyController, name);
}
route('open', Get('tiny'), Public());
route('closed', Get('tiny/closed'), RequiresScope('orders:read'));
Controller({ version: '1' })(TinyController);

class Tiny {}

await runService({
  name: 'bench',
  title: 'Bench',
  description: 'The pipeline alone.',
  compose: (settings) => ({
    module: Tiny,
    controllers: [TinyController],
    imports: [SettingsModule.forRoot(settings)],
  }),
});
