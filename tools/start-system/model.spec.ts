import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { modelOf, namesOf, type Model } from './model.ts';
import { programFor } from './programs.ts';

describe('the system that is started', () => {
  let model: Model;
  beforeAll(async () => (model = await modelOf(resolve(import.meta.dirname, '../..'))));

  it('is what docker-compose.yml has, less what Debian has not, and with the sample data', () => {
    const all = [...Object.keys(model.composeFile.services), 'store-seed', 'recommender-seed'];

    expect(model.absent).toEqual(['grafana', 'otel-collector', 'tempo']);
    expect(Object.keys(model.services).sort()).toEqual(all.filter((name) => !model.absent.includes(name)).sort());
    for (const { image = '' } of Object.values(model.services)) expect(() => programFor(image)).not.toThrow();
  });

  it('waits for nothing that is not there', () => {
    const needed = Object.values(model.services).flatMap(({ depends_on: needs = {} }) => Object.keys(needs));

    expect(needed.filter((name) => !(name in model.services))).toEqual([]);
  });

  it('runs the command of the image where a service has no other', () => {
    expect(model.services['store']?.command?.slice(-1)).toEqual(['dist/apps/store/src/main.js']);
    expect(model.services['recommender']?.command?.slice(-1)).toEqual(['dist/apps/recommender/src/main.js']);
  });

  it('has as many stores as are composed, and adds their data as their own role, before they start', () => {
    expect(namesOf('store', model.services['store'] ?? {})).toEqual(['store-1', 'store-2']);
    expect(namesOf('store-seed', model.services['store-seed'] ?? {})).toEqual(['store-seed']);
    expect(model.services['store-seed']?.environment).toEqual({
      NODE_ENV: 'test',
      DATABASE_URL_FILE: '/run/secrets/database_url',
    });
    expect(Object.keys(model.services['store']?.depends_on ?? {})).toContain('store-seed');
  });
});
