import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type AnySchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { runProgram } from '../process/run-program.ts';
import { dependenciesOf, identityOf, readPackageLock } from './package-lock.ts';
import { CHECKOUT, LOCK_FILE } from './checkout.ts';

interface Component {
  readonly purl: string;
  readonly licenses?: readonly object[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly components?: readonly Component[];
}

const withNested = (component: Component): Component[] => [
  component,
  ...(component.components ?? []).flatMap(withNested),
];
const placeOf = ({ properties }: Component) => properties?.find(({ name }) => name === 'cdx:npm:package:path')?.value;

/** With the published schemas, which come with the library of CycloneDX. */
async function cycloneDxValidator() {
  const schema = async (name: string) => {
    const path = join(CHECKOUT, 'node_modules/@cyclonedx/cyclonedx-library/res/schema', `${name}.SNAPSHOT.schema.json`);
    return JSON.parse(await readFile(path, 'utf8')) as AnySchemaObject;
  };
  const ajv = new Ajv({ strict: false });
  for (const part of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(await schema(part), `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`);
  }
  addFormats.default(ajv);
  for (const format of ['iri-reference', 'idn-email']) ajv.addFormat(format, true); // beyond ajv-formats
  return ajv.compile(await schema('bom-1.6'));
}

describe('npm run sbom', () => {
  let folder: string;
  let text: string;
  let components: Component[];
  const write = async (name: string) => {
    const args = [join(CHECKOUT, 'tools/supply-chain/sbom.ts'), join(folder, name)];
    const { code, output } = await runProgram(process.execPath, args, { timeoutMs: 30_000 });
    expect([code, output]).toEqual([0, `written: ${join(folder, name)}`]);
    return readFile(join(folder, name), 'utf8');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sbom-'));
    text = await write('first.json');
    components = (JSON.parse(text) as { components: Component[] }).components.flatMap(withNested);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('names each package that production installs, and none that only development does', async () => {
    const production = dependenciesOf(await readPackageLock(LOCK_FILE)).filter(([, { dev }]) => !dev);

    expect(components.map((component) => placeOf(component) ?? '').sort()).toEqual(
      production.map(([place]) => place).sort(),
    );
    expect(production.map(([place]) => place)).toContain('node_modules/fastify');
  });

  it('names them with their version and licence', async () => {
    const { packages } = await readPackageLock(LOCK_FILE);

    for (const component of components) {
      const place = placeOf(component) ?? '';
      const [scope, name] = identityOf(place, packages[place] ?? {}).split('/');
      const identity = name === undefined ? scope : `${encodeURIComponent(scope ?? '')}/${name}`;
      expect(component.purl).toBe(`pkg:npm/${identity}`);
      expect(component.licenses).not.toHaveLength(0);
    }
  });

  it('is valid CycloneDX 1.6', async () => {
    const validate = await cycloneDxValidator();

    expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null]);
    expect(JSON.parse(text)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(validate({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ name: 'without a type' }] })).toBe(
      false,
    );
  });

  it('says nothing of the machine that wrote it', () => {
    expect(text).not.toContain(CHECKOUT);
    expect(text).not.toContain(tmpdir());
  });

  it('writes the same bytes again', async () => {
    expect(await write('second.json')).toBe(text);
  });
});
