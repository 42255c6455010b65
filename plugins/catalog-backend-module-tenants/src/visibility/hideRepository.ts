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
  const { metadata } = answer as { metadata?: Metadata };
  if (metadata) hideIn(metadata, repository);
  for (const name of ['items', 'entity'] as const) {
    if (name in answer) hideRepository((answer as Record<string, unknown>)[name], repository);
  }
}

function hideIn(metadata: Metadata, { url, slug }: HiddenRepository): void {
  const leadsThere = (value: unknown) => {
    const address = String(value).replace(/^url:/, '').toLowerCase();
    return address === slug.toLowerCase() || `${address}/`.startsWith(`${url.toLowerCase()}/`);
  };
  const { annotations, links } = metadata;
  if (annotations) {
    metadata.annotations = Object.fromEntries(
      Object.entries(annotations).filter(([, value]) => !leadsThere(value)),
    );
  }
  if (Array.isArray(links)) metadata.links = links.filter(link => !leadsThere(link.url));
}
