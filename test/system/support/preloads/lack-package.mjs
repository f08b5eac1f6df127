// A package that an installation has lost: whoever imports TEST_LACKS fails.
import { registerHooks } from 'node:module';

const lost = process.env.TEST_LACKS;
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === lost) throw new Error(`Cannot find package '${lost}'`);
    return nextResolve(specifier, context);
  },
});
