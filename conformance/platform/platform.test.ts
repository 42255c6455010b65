/** The tenant platform of this checkout on real servers: see the suites. One process, so that they follow one another. */
import { after, before, describe } from 'node:test';
import { applySuite } from './applySuite.ts';
import { argocdSuite, offboardSuite } from './argocdSuite.ts';
import { forbiddenSuite } from './forbiddenSuite.ts';
import { helmSuite } from './helmSuite.ts';
import { releaseCluster, takeCluster } from './installation.ts';
import { propertySuite } from './propertySuite.ts';
import type { PlatformRepository } from '../support/platformRepository.ts';

describe('the tenant platform', () => {
  let repository: PlatformRepository;
  before(async () => {
    repository = await takeCluster();
  });
  after(async () => {
    await releaseCluster();
    await repository.remove();
  });

  helmSuite();
  applySuite(() => repository);
  propertySuite();
  argocdSuite(() => repository);
  forbiddenSuite(() => repository);
  offboardSuite(() => repository);
});
