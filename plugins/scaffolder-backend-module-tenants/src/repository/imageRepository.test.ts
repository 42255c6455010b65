import { ConfigReader } from '@backstage/config';
import type { TenantFile } from '@internal/gitops';
import { imageRepositoryOf } from './imageRepository';

const running = (...repositories: string[]) =>
  repositories.map(repository => ({ image: { repository, tag: 'sha-1' } } as TenantFile));

describe('imageRepositoryOf', () => {
  it('takes the image that every tenant runs', () => {
    expect(imageRepositoryOf(running('a/b', 'a/b'), new ConfigReader({}))).toBe('a/b');
  });

  it('takes the configured image first', () => {
    const config = new ConfigReader({
      tenantReleases: { onboarding: { imageRepository: 'c/d' } },
    });
    expect(imageRepositoryOf(running('a/b'), config)).toBe('c/d');
  });

  it.each([
    [running(), /No tenant says which image to run; set tenantReleases\.onboarding/],
    [running('a/b', 'c/d'), /The tenants run different images \(a\/b, c\/d\); set /],
  ])('asks for the setting when nobody can tell', (files, message) => {
    expect(() => imageRepositoryOf(files, new ConfigReader({}))).toThrow(message);
  });
});
