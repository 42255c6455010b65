import { renderApplicationSet } from '../applicationSets/renderApplicationSet';
import { TemplateError } from '../applicationSets/TemplateError';
import type { Checkout } from '../checkout/checkout';
import { sameRepository } from '../checkout/sameRepository';
import { at, plain, stringAt, type Traced } from '../traced/traced';
import { findManifests } from './manifests';

/** An Application as it is in the cluster once the manifests of a repository are applied. */
export interface ArgocdApplication {
  /** Name of the Application. */
  name: string;
  /** Name of the ApplicationSet that makes it; absent where its own manifest stands in the repository. */
  applicationSet?: string;
  /** The whole object. */
  object: Record<string, unknown>;
}

/**
 * The Applications that stand in a repository, and those that its ApplicationSets make. Charts that make Applications are not rendered.
 *
 * @param address - where Argo CD has the repository from
 * @throws TemplateError that names an ApplicationSet which cannot be rendered offline
 */
export function argocdApplications(checkout: Checkout, address: string): ArgocdApplication[] {
  return findManifests(checkout).flatMap(({ value }) => {
    if (stringAt(value, ['kind']) === 'Application') return [applicationOf(value, value)];
    const applicationSet = nameOf(value);
    try {
      const isOurs = (other: string) => sameRepository(other, address);
      return renderApplicationSet(value, { checkout, isOurs }).map(made => ({
        ...applicationOf(made.value, value),
        applicationSet,
      }));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new TemplateError(`ApplicationSet ${applicationSet}: ${error.message}`);
    }
  });
}

/** @param manifest - what says version and namespace, which a template does not */
function applicationOf(value: Traced, manifest: Traced): ArgocdApplication {
  const metadata = at(value, ['metadata']);
  const namespace = stringAt(manifest, ['metadata', 'namespace']);
  const object = {
    ...(plain(value) as object),
    apiVersion: stringAt(manifest, ['apiVersion']),
    kind: 'Application',
    metadata: {
      ...((metadata && plain(metadata)) as object),
      ...(namespace === undefined ? {} : { namespace }),
    },
  };
  return { name: nameOf(value), object };
}

function nameOf(value: Traced): string {
  return stringAt(value, ['metadata', 'name']) ?? '';
}
