import { createHash } from 'node:crypto';
import type { ResourceEntity } from '@backstage/catalog-model';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { type GitopsConfig } from '@internal/gitops';
import type { TenantFileState } from './readTenantFiles';
import { ANNOTATION_FILE_ERROR, ANNOTATION_TENANT, fileAnnotations } from './tenantEntity';

/** Longest error that is shown on an entity, in characters. */
const maxErrorLength = 1000;

/** Who looks after a file that does not say whose it is. */
const platformGroup = 'group:default/platform';

/** The last good entity of a file, marked with what is wrong with the file now. */
export function withFileError(entity: ResourceEntity, problems: string[]): ResourceEntity {
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: { ...entity.metadata.annotations, [ANNOTATION_FILE_ERROR]: errorText(problems) },
    },
  };
}

/** Stands for a file that could never be read, so that the platform group sees it and what is wrong with it. */
export function brokenFileEntity(
  file: TenantFileState,
  problems: string[],
  gitops: GitopsConfig,
): ResourceEntity {
  const named = tenantNameProblem(file.match.tenant) === undefined;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: named ? file.match.tenant : nameOfPath(file.path),
      title: named ? file.match.tenant : file.path.replace(/[^\x20-\x7e]/g, '?').slice(0, 200),
      description: 'The tenant file cannot be read',
      tags: ['unreadable'],
      annotations: {
        ...fileAnnotations(file.path, gitops),
        ...(named ? { [ANNOTATION_TENANT]: file.match.tenant } : {}),
        [ANNOTATION_FILE_ERROR]: errorText(problems),
      },
    },
    spec: { type: 'tenant', owner: platformGroup },
  };
}

/** An entity name (63 characters at most) of any path; two paths never share one. */
function nameOfPath(path: string): string {
  const readable = path
    .replace(/^.*\//, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const unique = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return ['unreadable', readable, unique].filter(Boolean).join('-');
}

function errorText(problems: string[]): string {
  const text = problems.join('; ');
  return text.length > maxErrorLength ? `${text.slice(0, maxErrorLength - 1)}…` : text;
}
