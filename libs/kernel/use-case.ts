import { Injectable } from '@nestjs/common';

const useCases = new WeakSet<object>();

/** Marks a use case or a query service. It wraps Nest's `Injectable`, so that application code imports no framework. */
export const UseCase =
  (): ClassDecorator =>
  (type): void => {
    useCases.add(type);
    Injectable()(type);
  };

/** Whether a class is marked so: traces tell of what happens by the names of use cases. */
export const isUseCase = (type: object): boolean => useCases.has(type);
