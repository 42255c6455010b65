import path from 'node:path';
import { unsetVariables, variableUses } from './unsetVariables';

describe('variableUses', () => {
  it.each<[string, string, Array<[string, string]>]>([
    ['a setting', 'app:\n  baseUrl: ${URL}\n', [['app.baseUrl', 'URL']]],
    [
      'items of a list',
      'integrations:\n  github:\n    - host: github.com\n      token: ${ TOKEN }\n    - token: ${OTHER}\nnext: 1\n',
      [
        ['integrations.github.token', 'TOKEN'],
        ['integrations.github.token', 'OTHER'],
      ],
    ],
    [
      'a list that is not indented',
      'a:\n- b: ${B}\nc: ${C}\n',
      [
        ['a.b', 'B'],
        ['c', 'C'],
      ],
    ],
    [
      'a part of a text, in quotes',
      "'a': 'https://${HOST}:${PORT}'\n",
      [
        ['a', 'HOST'],
        ['a', 'PORT'],
      ],
    ],
    ['flow style', 'a: {b: {c: "${C}"}}\n', [['a', 'C']]],
    ['a fallback', 'a: ${A:-none}\n', []],
    ['an escape', 'a: $${A}\n', []],
    ['comments', '# ${A}\na: 1 # ${B}\n', []],
  ])('finds %s', (_, text, expected) => {
    expect(variableUses(text).map(({ key, variable }) => [key, variable])).toEqual(expected);
  });
});

describe('unsetVariables', () => {
  const file = path.resolve(__dirname, '../../../app-config.production.yaml');
  const required = {
    AUTH_SESSION_SECRET: 's',
    GITHUB_TOKEN: 't',
    GITHUB_WEBHOOK_SECRET: 's',
    GITOPS_REPOSITORY: 'r',
    OIDC_CLIENT_ID: 'i',
    OIDC_CLIENT_SECRET: 's',
    OIDC_METADATA_URL: 'u',
    PORTAL_URL: 'u',
    POSTGRES_HOST: 'h',
    POSTGRES_PASSWORD: 'p',
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'u',
  };

  it('names every one that the portal cannot do without, with its key', async () => {
    const problems = await unsetVariables(['--config', file], {});
    expect(problems).toContain(
      'Configuration tenantReleases.gitops.repository in app-config.production.yaml is the environment variable GITOPS_REPOSITORY, which is not set; set it',
    );
    const named = problems.map(problem => /variable (\w+)/.exec(problem)?.[1]);
    expect([...new Set(named)].sort()).toEqual(Object.keys(required));
  });

  it.each([
    ['what is set, and optional parts', [`--config=${file}`], []],
    ['a file that is not there', ['--config', `${file}.none`], []],
    ['no files', ['--other', file], []],
  ])('has nothing to say about %s', async (_, argv, expected) => {
    expect(await unsetVariables(argv, required)).toEqual(expected);
  });
});
