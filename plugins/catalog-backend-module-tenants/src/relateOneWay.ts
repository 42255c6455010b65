import {
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  type Entity,
} from '@backstage/catalog-model';
import { processingResult, type CatalogProcessor } from '@backstage/plugin-catalog-node';

/** Everything in a spec that Backstage's processors relate entities by, both ways; groups and users are not concerned. */
const relatingKeys: ReadonlySet<string> = new Set([
  'owner',
  'system',
  'domain',
  'subdomainOf',
  'subcomponentOf',
  'dependsOn',
  'dependencyOf',
  'providesApis',
  'consumesApis',
]);

/** Where they wait in the spec meanwhile. */
const waitingKey = 'tenant-releases.io/waiting';

/**
 * Relates what is of type tenant (a tenant, or the template that adds one) to its owner, and nothing to it: the relations
 * of a group, a system or a service are read by people who must not know that the tenant exists.
 *
 * Backstage relates both ends, by the spec. So the first of two processors relates the tenant alone and takes the keys out
 * of the spec; the second, which comes after Backstage's own, puts them back.
 */
export const relateOneWay: readonly CatalogProcessor[] = [
  {
    getProcessorName: () => 'TenantRelateOneWay',
    getPriority: () => 0,
    async postProcessEntity(entity, _location, emit) {
      const { spec } = entity;
      if (!spec || !isOfTypeTenant(entity)) return entity;
      if (typeof spec.owner === 'string') {
        const source = getCompoundEntityRef(entity);
        const defaults = { defaultKind: 'Group', defaultNamespace: source.namespace };
        const target = parseEntityRef(spec.owner, defaults);
        emit(processingResult.relation({ source, type: RELATION_OWNED_BY, target }));
      }
      const keys = Object.entries(spec);
      const waiting = keys.filter(([key]) => relatingKeys.has(key));
      const others = keys.filter(([key]) => !relatingKeys.has(key));
      return {
        ...entity,
        spec: { ...Object.fromEntries(others), [waitingKey]: Object.fromEntries(waiting) },
      };
    },
  },
  {
    getProcessorName: () => 'TenantRelatedOneWay',
    getPriority: () => 1000,
    async postProcessEntity(entity) {
      const { [waitingKey]: waiting, ...others } = entity.spec ?? {};
      return waiting ? { ...entity, spec: { ...others, ...(waiting as Entity['spec']) } } : entity;
    },
  },
];

/** As permissions and queries have it: without regard to case. */
function isOfTypeTenant({ spec }: Entity): boolean {
  return String(spec?.type).toLocaleLowerCase('en-US') === 'tenant';
}
