import { imageTag, parseImage, repositoryFit } from './imageReference';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImage', () => {
  it.each<[string, object]>([
    ['demo-api', { path: 'demo-api' }],
    ['demo-api:1', { path: 'demo-api', tag: '1' }],
    ['acme/demo-api:v1.2.3-rc_1', { path: 'acme/demo-api', tag: 'v1.2.3-rc_1' }],
    ['ghcr.io/acme/demo-api:1', { path: 'acme/demo-api', tag: '1' }],
    ['registry:5000/acme/demo-api', { path: 'acme/demo-api' }],
    ['registry:5000/acme/demo-api:1', { path: 'acme/demo-api', tag: '1' }],
    ['localhost/demo-api:1', { path: 'demo-api', tag: '1' }],
    ['acme/team/demo-api:1', { path: 'acme/team/demo-api', tag: '1' }],
    [`ghcr.io/acme/demo-api@${digest}`, { path: 'acme/demo-api', digest }],
    [`ghcr.io/acme/demo-api:1@${digest}`, { path: 'acme/demo-api', tag: '1', digest }],
    [`docker-pullable://ghcr.io/acme/demo-api@${digest}`, { path: 'acme/demo-api', digest }],
    ['oci://ghcr.io/acme/demo-api:1', { path: 'acme/demo-api', tag: '1' }],
    ['acme/demo-api@sha256:xyz', { path: 'acme/demo-api' }],
    ['acme/demo-api@', { path: 'acme/demo-api' }],
    ['acme/demo-api:', { path: 'acme/demo-api:' }],
    [`acme/demo-api:${'x'.repeat(129)}`, { path: `acme/demo-api:${'x'.repeat(129)}` }],
    [`a:${'x'.repeat(128)}`, { path: 'a', tag: 'x'.repeat(128) }],
    ['', { path: '' }],
  ])('reads %s', (image, expected) => {
    expect(parseImage(image)).toEqual(expected);
  });

  it('tells the version that an image names', () => {
    expect(imageTag('a:1')).toBe('1');
    expect(imageTag(`a:1@${digest}`)).toBe('1');
    expect(imageTag(`a@${digest}`)).toBe(digest);
    expect(imageTag('a')).toBe('latest');
    expect(imageTag('registry:5000/a')).toBe('latest');
  });
});

describe('repositoryFit', () => {
  it.each<[string, string, number]>([
    ['ghcr.io/acme/demo-api:1', 'ghcr.io/acme/demo-api', 2],
    ['mirror.example.com:5000/acme/demo-api:1', 'ghcr.io/acme/demo-api', 2],
    ['mirror.example.com/ghcr.io/acme/demo-api:1', 'ghcr.io/acme/demo-api', 2],
    ['mirror.example.com/proxy/acme/demo-api:1', 'acme/demo-api', 2],
    ['mirror.example.com/demo-api:1', 'ghcr.io/acme/demo-api', 1],
    ['nginx', 'docker.io/library/nginx', 1],
    ['docker.io/library/nginx:1', 'nginx', 1],
    ['mirror.example.com/dockerhub/library/nginx', 'docker.io/library/nginx', 1],
    ['ghcr.io/acme/library:1', 'ghcr.io/acme/library', 2],
    ['ghcr.io/library:1', 'ghcr.io/library', 1],
    ['ghcr.io/acme:1', 'ghcr.io/acme/library', 0],
    ['ghcr.io/other/demo-api:1', 'ghcr.io/acme/demo-api', 0],
    ['ghcr.io/acme/demo-api-proxy:1', 'ghcr.io/acme/demo-api', 0],
    ['ghcr.io/acme/demo-api/proxy:1', 'ghcr.io/acme/demo-api', 0],
    ['ghcr.io/acme/web:1', 'ghcr.io/acme/demo-api', 0],
    ['', 'ghcr.io/acme/demo-api', 0],
    ['ghcr.io/acme/demo-api', '', 0],
    ['/', '/', 0],
  ])('%s and %s share %d', (image, repository, expected) => {
    expect(repositoryFit(image, repository)).toBe(expected);
  });
});
