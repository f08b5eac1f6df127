import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../survey.js';
import type { Manifest } from './manifests.js';

/** Groups whose schemas are those of a CRD; all others are Kubernetes' own. */
const PACKAGE_BY_GROUP: Readonly<Record<string, string>> = {
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

const moduleOf = ({ apiVersion, kind }: Manifest): string =>
  `${PACKAGE_BY_GROUP[apiVersion.split('/')[0] ?? ''] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;

const nameOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;

/**
 * What the API server would refuse with `--validate=strict`: fields that are missing, of a wrong type or form, or unknown.
 * The validators of kubernetes-models pass over unknown fields; its types do not, so the compiler looks for those.
 */
export async function schemaFaults(manifests: readonly Manifest[]): Promise<string[]> {
  const invalid = await Promise.all(manifests.map(invalidIn));
  return [...invalid.flat(), ...unknownIn(manifests)];
}

type Models = Readonly<Record<string, new (data: object) => { validate(): void }>>;

async function invalidIn(manifest: Manifest): Promise<string[]> {
  try {
    const Model = ((await import(moduleOf(manifest))) as Models)[manifest.kind];
    if (!Model) return [`${nameOf(manifest)}: there is no such kind`];
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [`${nameOf(manifest)}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Never written: it is given to the compiler from memory, in a folder from which it finds the packages. */
const PROGRAM = join(ROOT, 'test/architecture/kubernetes/manifests.virtual.ts');

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** Each manifest as a literal of its type: an object literal may only have properties that its type knows. */
function unknownIn(manifests: readonly Manifest[]): string[] {
  const lines = manifests.map(
    (manifest, index) =>
      `export const m${index}: import('${moduleOf(manifest)}').I${manifest.kind} = ${JSON.stringify(manifest)};`,
  );
  const program = compile(lines.join('\n'));
  const diagnostics = [...program.getGlobalDiagnostics(), ...program.getSemanticDiagnostics()];
  return diagnostics.map(({ messageText, file, start }) => {
    const manifest = manifests[file?.getLineAndCharacterOfPosition(start ?? 0).line ?? -1];
    return `${manifest ? nameOf(manifest) : 'the compiler'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** The declarations, which are the same for each program. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function compile(text: string): ts.Program {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  return ts.createProgram([PROGRAM], OPTIONS, {
    ...host,
    fileExists: (file) => file === PROGRAM || fileExists(file),
    readFile: (file) => (file === PROGRAM ? text : readFile(file)),
    getSourceFile: (file, ...rest) => {
      if (file === PROGRAM) return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
      if (!parsed.has(file)) parsed.set(file, getSourceFile(file, ...rest));
      return parsed.get(file);
    },
  });
}
