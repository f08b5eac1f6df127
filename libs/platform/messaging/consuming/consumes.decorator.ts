import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { eventTypeOf } from '../event/event-type.js';

const CONSUMER = Symbol('event consumer');
const CONSUMED = Symbol('consumed events');
const CONSUMER_NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** A handler's declaration: method `method` takes version `version` of `family`. */
export interface Consumption {
  readonly family: string;
  readonly version: number;
  readonly method: string;
}

/**
 * A class whose methods take events, each event once. It is discovered where a module provides it.
 * @param name in kebab-case, stable: what has been consumed is remembered under it, on the broker too
 * @throws Error at import, when it can't be a name
 */
export function EventConsumer(name: string): ClassDecorator {
  if (!CONSUMER_NAME.test(name)) throw new Error(`No name for a consumer of events: ${name}`);
  return (type) => {
    Injectable()(type);
    Reflect.defineMetadata(CONSUMER, name, type);
  };
}

/**
 * The method takes events of this type, `(event: CloudEvent) => Promise<void>`. What it does to a store is one unit of
 * work with the memory of having done it. Whatever else it does may happen more than once.
 * @throws Error at import, when it is no type of an event
 */
export function Consumes(family: string, version: number): MethodDecorator {
  if (!eventTypeOf(`${family}.v${version}`)) throw new Error(`No type of an event: ${family}.v${version}`);
  return (prototype, method) => {
    const known = (Reflect.getMetadata(CONSUMED, prototype.constructor) ?? []) as Consumption[];
    Reflect.defineMetadata(CONSUMED, [...known, { family, version, method: String(method) }], prototype.constructor);
  };
}

/** The name of a consumer, or null of a class that is none. */
export const consumerNameOf = (type: object): string | null =>
  (Reflect.getMetadata(CONSUMER, type) as string | undefined) ?? null;

export const consumptionsOf = (type: object): readonly Consumption[] =>
  (Reflect.getMetadata(CONSUMED, type) ?? []) as Consumption[];
