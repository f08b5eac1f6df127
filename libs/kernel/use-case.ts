import { Injectable } from '@nestjs/common';

/** Marks a use case or a query service. It wraps Nest's `Injectable`, so that application code imports no framework. */
export const UseCase = (): ClassDecorator => Injectable();
