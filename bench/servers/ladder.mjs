/**
 * Nest on Fastify with those parts of the platform's pipeline that LADDER names, one after the other: its own pieces, put
 * together here, since the pipeline itself has no switches for them.
 */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';
import { PARTS } from './ladder-parts.mjs';
import { listening } from './listening.mjs';
import { takesTinyQuery } from './tiny-query.mjs';

class TinyController {
  tiny() {
    return { status: 'ok' };
  }
}
Get()(TinyController.prototype, 'tiny', Object.getOwnPropertyDescriptor(TinyController.prototype, 'tiny'));
takesTinyQuery(TinyController, 'tiny');
Controller('v1/tiny')(TinyController);

class AppModule {}
Module({ controllers: [TinyController] })(AppModule);

const names = (process.env.LADDER ?? '').split(',').filter(Boolean);
const unknown = names.find((name) => !(name in PARTS));
if (unknown) throw new Error(`The pipeline has no part that is called ${unknown}.`);

const server = fastify();
const ends = []; // what hears of the end of an exchange
if (names.includes('without middleware')) PARTS['without middleware']({ server });
const app = await NestFactory.create(AppModule, new FastifyAdapter(server), { logger: false });
for (const name of names) PARTS[name]({ server, app, ends });
await app.listen(0, '127.0.0.1');
listening(app.getHttpServer());
