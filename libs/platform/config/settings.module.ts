import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { LoadedSettings } from './loaded-settings.js';

/** Gives every settings class under its own token, and Nest's ConfigService over the same values. */
@Module({})
export class SettingsModule {
  static forRoot(loaded: LoadedSettings): DynamicModule {
    const own = loaded.sections.map(({ type, settings }) => ({ provide: type, useValue: settings }));
    return {
      module: SettingsModule,
      global: true,
      imports: [configModule(loaded)],
      providers: [...own, { provide: LoadedSettings, useValue: loaded }],
      exports: [...own.map(({ provide }) => provide), LoadedSettings],
    };
  }
}

/**
 * ConfigModule copies what it reads or validates into process.env, where every child process and crash report would
 * find it. It is given nothing of that kind: only values that are loaded already.
 */
function configModule(loaded: LoadedSettings): Promise<DynamicModule> {
  const tree = Object.fromEntries(loaded.sections.map(({ key, settings }) => [key, settings]));
  return ConfigModule.forRoot({
    isGlobal: true,
    ignoreEnvFile: true,
    validatePredefined: false,
    skipProcessEnv: true,
    load: [() => tree],
  });
}
