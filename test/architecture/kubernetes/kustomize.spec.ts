import { describe, expect, it } from '@jest/globals';
import { kustomizeProgram, render } from './kustomize.js';

describe('the program that renders', () => {
  it('says both ways to it, where it is not there', () => {
    expect(() => kustomizeProgram('/nowhere', '/nowhere')).toThrow(/@install-binary\/kustomize-linux-x64.*PATH/);
  });

  it('fails with what it says, and not with nothing', () => {
    expect(() => render('overlays/none')).toThrow(/^kustomize build overlays\/none: .*overlays\/none/);
  });
});
