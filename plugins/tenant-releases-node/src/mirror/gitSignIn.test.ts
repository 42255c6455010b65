import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { gitSignIn } from './gitSignIn';

const host = 'git.example.com';
const signIn = (integrations: object) =>
  gitSignIn(
    ScmIntegrations.fromConfig(new ConfigReader({ integrations })),
    `https://${host}/acme/platform`,
  );
const apiBaseUrl = `https://${host}/api`;

it.each([
  ['github', { github: [{ host, apiBaseUrl, token: 'secret' }] }, 'x-access-token:secret'],
  ['gitlab', { gitlab: [{ host, apiBaseUrl, token: 'secret' }] }, 'oauth2:secret'],
  ['gitea', { gitea: [{ host, username: 'ada', password: 'secret' }] }, 'ada:secret'],
  [
    'bitbucketServer',
    { bitbucketServer: [{ host, apiBaseUrl, username: 'ada', password: 'secret' }] },
    'ada:secret',
  ],
])('signs in at %s', async (kind, integrations, wanted) => {
  const found = signIn(integrations);
  expect(found?.kind).toBe(kind);
  const [scheme, value] = (await found!.authorization())!.split(' ');
  expect([scheme, Buffer.from(value, 'base64').toString()]).toEqual(['Basic', wanted]);
});

it('signs in by a token of Bitbucket Data Center, and by an app password of Bitbucket Cloud', async () => {
  const server = signIn({ bitbucketServer: [{ host, apiBaseUrl, token: 'secret' }] });
  expect(await server!.authorization()).toBe('Bearer secret');
  const bitbucketCloud = [{ username: 'ada', appPassword: 'secret' }];
  const cloud = gitSignIn(
    ScmIntegrations.fromConfig(new ConfigReader({ integrations: { bitbucketCloud } })),
    'https://bitbucket.org/acme/platform',
  );
  expect(cloud!.kind).toBe('bitbucketCloud');
  expect(await cloud!.authorization()).toBe(
    `Basic ${Buffer.from('ada:secret').toString('base64')}`,
  );
});

it('signs in at Azure DevOps', async () => {
  const credentials = [{ personalAccessToken: 'secret' }];
  const integrations = { azure: [{ host: 'dev.azure.com', credentials }] };
  const found = gitSignIn(
    ScmIntegrations.fromConfig(new ConfigReader({ integrations })),
    'https://dev.azure.com/acme/platform/_git/platform',
  );
  expect(found!.kind).toBe('azure');
  expect(await found!.authorization()).toMatch(/^Basic /);
});

it('goes without credentials where there are none, and not at all to a host that is not configured', async () => {
  const open = signIn({ github: [{ host, apiBaseUrl }] });
  expect(await open!.authorization()).toBeUndefined();
  expect(signIn({ github: [{ host: 'other.example.com', apiBaseUrl }] })).toBeUndefined();
});
