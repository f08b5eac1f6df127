/**
 * `npm run sbom [file]`: the bill of materials (CycloneDX 1.6) of what production installs. From the lock file alone, so
 * that it names the packages of all platforms, and one npm writes the same bytes each time.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import { CHECKOUT } from './checkout.ts';

const SBOM_TIMEOUT_MS = 60_000;
const file = resolve(CHECKOUT, process.argv[2] ?? 'dist/sbom.cdx.json');

await mkdir(dirname(file), { recursive: true });
const program = join(CHECKOUT, 'node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js');
const scope = ['--package-lock-only', '--omit', 'dev'];
const form = ['--spec-version', '1.6', '--output-format', 'JSON', '--output-reproducible', '--validate'];
const args = [program, ...scope, ...form, '--output-file', file];
const { code, output } = await runProgram(process.execPath, args, { cwd: CHECKOUT, timeoutMs: SBOM_TIMEOUT_MS });
console.log(code === 0 ? `written: ${file}` : output);
process.exitCode = code ?? 1;
