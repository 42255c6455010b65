import { ConfigError, readConfig } from './config';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '0.0.0.0',
      port: 8000,
      tenant: 'none',
      version: 'development',
      commit: 'unknown',
      faultRatio: 0,
      logLevel: 'info',
      shutdownMilliseconds: 10_000,
    });
  });

  it('reads what is set', () => {
    const config = readConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      TENANT: ' tenant-a ',
      VERSION: 'sha-1a2b3c4',
      COMMIT: 'f'.repeat(40),
      FAULT_RATIO: '0.35',
      LOG_LEVEL: 'DEBUG',
      SHUTDOWN_SECONDS: '2.5',
    });
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 0,
      tenant: 'tenant-a',
      version: 'sha-1a2b3c4',
      commit: 'f'.repeat(40),
      faultRatio: 0.35,
      logLevel: 'debug',
      shutdownMilliseconds: 2500,
    });
  });

  it.each([
    ['FAULT_RATIO', '1.01'],
    ['FAULT_RATIO', '-0.1'],
    ['FAULT_RATIO', 'often'],
    ['FAULT_RATIO', 'NaN'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['SHUTDOWN_SECONDS', '301'],
    ['SHUTDOWN_SECONDS', 'Infinity'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be `));
  });

  it('names all that is wrong at once', () => {
    expect(() => readConfig({ PORT: 'x', FAULT_RATIO: 'y' })).toThrow(/PORT .*; FAULT_RATIO /);
  });
});
