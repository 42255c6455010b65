import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultNamespaceEntityPolicy,
  entityEnvelopeSchemaValidator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import { defaultCatalogCollatorEntityTransformer } from '@backstage/plugin-search-backend-module-catalog';
import {
  mutatedObjects,
  mutateText,
  mutationSeed,
  seeded,
} from '@internal/plugin-tenant-releases-common/testUtils';
import { readGitopsConfig } from '@internal/gitops';
import { tenantFileText } from './__testUtils__/gitHost';
import { TenantEntityProvider } from './TenantEntityProvider';

const count = mutatedObjects(1_500);
const random = seeded(mutationSeed);

jest.setTimeout(60_000 + count * 10);

const tenants = ['tenant-a', 'tenant-b', 'tenant-c'];
const target = 'tenant-a';
const fileError = 'tenant-releases.io/file-error';
const settings: Record<string, string> = {
  'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
};

/** What the catalog itself asks of an entity: CatalogBuilder's default policies, and the kind's schema. */
const policies = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const isEnvelope = entityEnvelopeSchemaValidator();

function withoutError(entity: Entity): Entity {
  const { annotations, ...metadata } = entity.metadata;
  const { [fileError]: _, ...rest } = annotations!;
  return { ...entity, metadata: { ...metadata, annotations: rest } };
}

describe('one odd tenant file', () => {
  const texts = new Map(tenants.map(tenant => [tenant, tenantFileText(tenant)]));
  const mutations: Entity[][] = [];
  let commits = 0;
  let provider: TenantEntityProvider;

  const refresh = async (): Promise<Map<string, Entity>> => {
    commits += 1;
    const before = mutations.length;
    await provider.refresh();
    // Whatever a file says, the others are handed to the catalog.
    expect(mutations).toHaveLength(before + 1);
    const [entities] = mutations.splice(0);
    expect(entities).toHaveLength(tenants.length);
    return new Map(entities.map(entity => [entity.metadata.name, entity]));
  };
  const others = (entities: Map<string, Entity>) =>
    tenants.slice(1).map(tenant => {
      const entity = entities.get(tenant)!;
      return JSON.stringify([entity, defaultCatalogCollatorEntityTransformer(entity)]);
    });

  beforeAll(async () => {
    const files = async () =>
      [...texts].map(([tenant, text]) => ({
        path: `${tenant}-values.yaml`,
        content: async () => Buffer.from(text),
      }));
    provider = new TenantEntityProvider({
      urlReader: { readTree: async () => ({ files, etag: String(commits) }) } as never,
      gitops: readGitopsConfig({ getOptional: key => settings[key] }),
      service: 'demo-api',
      logger: mockServices.logger.mock(),
      repeat: async () => {},
      loadLastGood: async () => new Map(),
    });
    await provider.connect({
      applyMutation: async mutation => {
        if (mutation.type !== 'full') throw new Error('expected a full mutation');
        mutations.push(mutation.entities.map(({ entity }) => entity));
      },
      refresh: async () => {},
    });
  });

  it(`is an entity of its own, and nothing to the others: ${count} mutated files`, async () => {
    const good = await refresh();
    const expected = others(good);
    const kept: Entity[] = [];
    for (let index = 0; index < count; index += 1) {
      texts.set(target, mutateText(tenantFileText(target), random));
      const found = await refresh();
      expect(others(found)).toEqual(expected);
      const own = found.get(target)!;
      await policies.enforce(structuredClone(own));
      isEnvelope(own);
      expect(await resourceEntityV1alpha1Validator.check(own)).toBe(true);
      const document = defaultCatalogCollatorEntityTransformer(own);
      expect(Object.values(document).map(value => typeof value)).not.toContain('object');
      if (own.metadata.annotations?.[fileError] !== undefined) {
        kept.push(withoutError(own));
      }
      texts.set(target, tenantFileText(target));
      expect(await refresh()).toEqual(good);
    }
    expect(kept.length).toBeGreaterThan(count / 10);
    expect(kept).toEqual(kept.map(() => good.get(target)));
  });
});
