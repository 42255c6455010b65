/** The repository that everybody's files are in. */
export interface HiddenRepository {
  /** Its address, without a trailing slash. */
  url: string;
  /** `owner/name`, as the annotation `github.com/project-slug` has it. */
  slug: string;
}

interface Metadata {
  annotations?: Record<string, unknown>;
  links?: Array<{ url?: string }>;
}

/** Values of a key over all entities, as `/entity-facets` counts them. */
type Facets = Record<string, Array<{ value?: string }>>;

/**
 * Takes out of an answer, in place and at any depth, the annotations and links of entities that lead to the repository: it
 * shows the files of every tenant, and the pull requests about them.
 */
export function hideRepository(answer: unknown, repository: HiddenRepository): void {
  if (typeof answer !== 'object' || answer === null) return;
  if (Array.isArray(answer)) {
    for (const item of answer) hideRepository(item, repository);
    return;
  }
  const { metadata, facets } = answer as { metadata?: Metadata; facets?: Facets };
  if (metadata) hideIn(metadata, repository);
  for (const [name, values] of Object.entries(facets ?? {})) {
    facets![name] = values.filter(({ value }) => !leadsThere(value, repository));
  }
  for (const name of ['items', 'entity'] as const) {
    if (name in answer) hideRepository((answer as Record<string, unknown>)[name], repository);
  }
}

function hideIn(metadata: Metadata, repository: HiddenRepository): void {
  const { annotations, links } = metadata;
  if (annotations) {
    metadata.annotations = Object.fromEntries(
      Object.entries(annotations).filter(([, value]) => !leadsThere(value, repository)),
    );
  }
  if (Array.isArray(links))
    metadata.links = links.filter(link => !leadsThere(link.url, repository));
}

function leadsThere(value: unknown, { url, slug }: HiddenRepository): boolean {
  const address = String(value).replace(/^url:/, '').toLowerCase();
  return address === slug.toLowerCase() || `${address}/`.startsWith(`${url.toLowerCase()}/`);
}
