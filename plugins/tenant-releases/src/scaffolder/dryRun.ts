import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { NotFoundError } from '@backstage/errors';
import type { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { queryKeys } from '../api/queryKeys';

type ScaffolderApi = typeof scaffolderApiRef.T;
type DryRun = Parameters<ScaffolderApi['dryRun']>[0];

/** What was answered to a form. */
export type FormValues = DryRun['values'];

/** A file as the pull request will hold it. */
export interface PlannedFile {
  /** From the repository's root. */
  path: string;
  text: string;
}

/**
 * Runs a template without effects: its own actions write the files, on the server.
 *
 * @param templateRef - entity ref
 * @throws ResponseError with every rule that the answers break
 */
export async function planFiles(
  templateRef: string,
  values: FormValues,
  { catalog, scaffolder }: { catalog: CatalogApi; scaffolder: ScaffolderApi },
): Promise<PlannedFile[]> {
  const template = await catalog.getEntityByRef(templateRef);
  if (!template) throw new NotFoundError(`There is no template ${templateRef}`);
  const answer = await scaffolder.dryRun({
    template: template as DryRun['template'],
    values,
    directoryContents: [],
  });
  return filesOf(answer);
}

/** {@link planFiles} as a query: what is on the page, and what is asked before the page is left, is one answer. */
export function plannedFiles(
  templateRef: string,
  values: FormValues,
  apis: { catalog: CatalogApi; scaffolder: ScaffolderApi },
) {
  return {
    queryKey: queryKeys.plannedFiles(templateRef, values),
    queryFn: () => planFiles(templateRef, values, apis),
    staleTime: 30_000,
    retry: false,
  };
}

/** The files of the workspace; they are in one folder of it, which is not part of their path. */
function filesOf({
  directoryContents,
}: Awaited<ReturnType<ScaffolderApi['dryRun']>>): PlannedFile[] {
  return directoryContents
    .map(({ path, base64Content }) => ({
      path: path.slice(path.indexOf('/') + 1),
      text: decode(base64Content),
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function decode(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
