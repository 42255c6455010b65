import {
  checkTenantValues,
  formatKey,
  type TenantFile,
} from '@internal/plugin-tenant-releases-common';
import { atMost, finding, type Finding } from '../finding';
import type { SchemaErrors } from '../schema/tenantSchema';
import { schemaFindings } from '../schema/schemaFindings';
import { parseYaml, type YamlDocument } from '../yaml/parseYaml';
import { shorten } from '@internal/plugin-tenant-releases-common';

/** What came of checking a tenant file. */
export interface CheckedFile {
  /** Absent when the file is not valid. */
  file?: TenantFile;
  /** `tenant.name`, where it is another than the file's. */
  said?: string;
  findings: Finding[];
}

/**
 * Checks the text of a tenant file by itself: YAML, the chart's schema, what the portal wants beyond it, and the name.
 *
 * @param path - of the file, for the findings
 * @param name - of the tenant, as the path says
 * @param schema - the chart's; without it, the portal's rules alone
 */
export function checkTenantFile(
  path: string,
  name: string,
  text: string,
  schema?: SchemaErrors,
): CheckedFile {
  const { documents, findings } = parseYaml(path, text, { single: true });
  const [document] = documents;
  if (findings.length > 0 && !document) return { findings };
  if (!isBlock(document?.value)) {
    return {
      findings: [
        finding({
          rule: 'schema',
          file: path,
          problem: 'holds no keys',
          cure: 'write the blocks tenant: and image:',
        }),
      ],
    };
  }
  const ambiguous = new Set(findings.map(({ key }) => key));
  const errors = schema?.(document.value) ?? [];
  const broken = schemaFindings(path, document, errors).filter(({ key }) => !ambiguous.has(key));
  const found = [...findings, ...broken];
  const judged = checkTenantValues(document.value);
  if ('issues' in judged) {
    found.push(...portalFindings(path, document, judged.issues, found));
  }
  const said = (document.value.tenant as { name?: unknown } | undefined)?.name;
  if (said !== name && typeof said === 'string') {
    found.push(misnamed(path, document, said, name));
  }
  if (found.length > 0 || 'issues' in judged) {
    return {
      findings: atMost(found),
      ...(typeof said === 'string' && said !== name ? { said } : {}),
    };
  }
  return { file: judged.file, findings: [] };
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the portal refuses, where the chart's schema has nothing to say about the same key. */
function portalFindings(
  path: string,
  document: YamlDocument,
  issues: ReadonlyArray<{ path: PropertyKey[]; message: string }>,
  found: readonly Finding[],
): Finding[] {
  const isKnown = (key: string) =>
    found.some(
      one => one.key === key || one.key.startsWith(`${key}.`) || key.startsWith(`${one.key}.`),
    );
  return issues
    .map(issue => ({ ...issue, key: formatKey(issue.path) }))
    .filter(({ key }) => !isKnown(key))
    .map(({ path: keys, key, message }) =>
      finding({
        rule: 'schema',
        file: path,
        ...document.at(keys),
        key,
        problem: message,
        cure: 'change it so that the portal can read the file',
      }),
    );
}

function misnamed(path: string, document: YamlDocument, said: string, name: string): Finding {
  return finding({
    rule: 'name-mismatch',
    file: path,
    ...document.at(['tenant', 'name']),
    key: 'tenant.name',
    problem: `is ${JSON.stringify(shorten(said, 60))}, but the file's name says ${JSON.stringify(
      shorten(name, 60),
    )}`,
    cure: 'rename the file, or change tenant.name: both are the namespace and the Application',
  });
}
