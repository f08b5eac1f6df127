/**
 * `npm run supply-chain`: what we build from and what we hand on. Offline; each finding blocks.
 * What needs the network is apart: `npm run audit:dependencies`.
 */
import { explain } from '../process/refusal.ts';
import { CHECKOUT } from './checkout.ts';
import { checksOf } from './checks.ts';
import { runChecks } from './run-checks.ts';

try {
  process.exitCode = await runChecks(checksOf(CHECKOUT));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
