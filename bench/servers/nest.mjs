/** Nest on Fastify as its documentation begins. Decorators are called by hand: Node strips types, and transforms nothing. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { listening } from './listening.mjs';

class TinyController {
  tiny() {
    return { status: 'ok' };
  }
}
Get()(TinyController.prototype, 'tiny', Object.getOwnPropertyDescriptor(TinyController.prototype, 'tiny'));
Controller('v1/tiny')(TinyController);

class AppModule {}
Module({ controllers: [TinyController] })(AppModule);

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
listening(app.getHttpServer());
