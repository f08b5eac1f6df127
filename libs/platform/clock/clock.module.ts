import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from '#kernel/clock';

/** The system's time, for whoever asks for a Clock. */
@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
export class ClockModule {}
