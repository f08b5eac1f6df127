// Evaluates the ESM packages that CommonJS dependencies require(), before any test file links:
// without it Jest answers "Cannot require() ES Module … in a cycle".
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
