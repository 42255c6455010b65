import { startupProblems } from './startupProblems';

const failure = (message: string, allowed = false) => ({
  failure: { error: new Error(message), allowed },
});

describe('startupProblems', () => {
  it.each<[string, unknown, string[]]>([
    ['a plain error', new Error('no token'), ['no token']],
    ['what is no error', 'no token', ['no token']],
    ['a wrapped error', new Error('x failed', { cause: new Error('no token') }), ['no token']],
    ['several lines', new Error('one\n  two'), ['one; two']],
    [
      'several plugins and modules, each cause once, those that may fail left out',
      Object.assign(new Error('Backend startup failed'), {
        result: {
          plugins: [
            { ...failure('no token'), modules: [failure('bad URL'), failure('optional', true)] },
            { ...failure('no token'), modules: [] },
            { modules: [] },
          ],
        },
      }),
      ['no token', 'bad URL'],
    ],
  ])('%s', (_, error, expected) => {
    expect(startupProblems(error)).toEqual(expected);
  });
});
