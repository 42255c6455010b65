import { startupProblems } from './startupProblems';

const failure = (message: string, allowed = false) => ({
  failure: { error: new Error(message), allowed },
});

const failed = (...plugins: object[]) =>
  Object.assign(new Error('Backend startup failed'), { result: { plugins } });

const wrapped = (plugin: string, cause: string) =>
  `Failed to instantiate service 'core.auth' for '${plugin}' because the factory function threw an error, Error: ${cause}`;

const databaseDown = (plugin: string) =>
  `Failed to connect to the database to make sure that 'backstage_plugin_${plugin}' exists, Error: connect ECONNREFUSED 127.0.0.1:5432`;

describe('startupProblems', () => {
  it.each<[string, unknown, string[]]>([
    ['a plain error', new Error('no token'), ['no token']],
    ['what is no error', 'no token', ['no token']],
    ['a wrapped error', new Error('x failed', { cause: new Error('no token') }), ['no token']],
    [
      'several errors',
      new AggregateError([new Error('no token'), new Error('bad URL')]),
      ['no token', 'bad URL'],
    ],
    ['several lines', new Error('one\n  two'), ['one; two']],
    [
      'several plugins and modules, each cause once, those that may fail left out',
      failed(
        { ...failure('no token'), modules: [failure('bad URL'), failure('optional', true)] },
        { ...failure('no token'), modules: [failure('optional', true)] },
        { ...failure('no token'), modules: [] },
        { modules: [] },
      ),
      ['bad URL', 'no token'],
    ],
    [
      'a plugin that lacks what its module brings',
      failed({ ...failure('No policy module installed!'), modules: [failure('no groups')] }),
      ['no groups'],
    ],
    [
      'a service that several plugins need',
      failed(
        { ...failure(wrapped('auth', wrapped('auth', databaseDown('auth')))), modules: [] },
        { ...failure(wrapped('search', databaseDown('search'))), modules: [] },
      ),
      [
        'Configuration backend.database.connection cannot be connected to; check it: connect ECONNREFUSED 127.0.0.1:5432',
      ],
    ],
    [
      "the browser's part of the configuration",
      new Error(
        'Invalid app bundle schema. If this is unexpected. Caused by the following schema error, Error: Config validation failed, Config must be object { type=object } at /app',
      ),
      ['Config must be object { type=object } at /app'],
    ],
  ])('%s', (_, error, expected) => {
    expect(startupProblems(error)).toEqual(expected);
  });
});
