import { formatKey } from '../yaml/yamlProblem';
import { isEncrypted, sopsKey } from '../tenantFile/encrypted';
import { readTenantFile, type TenantFile } from '../tenantFile/tenantFile';
import { type YamlDocument } from '../yaml/readYaml';
import { atMost, finding, type Finding } from './finding';
import type { SchemaErrors } from '../tenantFile/tenantSchema';
import { schemaProblems } from '../tenantFile/schemaProblems';

/** What came of checking a tenant file. */
export interface CheckedFile {
  /** Absent when the file is not valid. */
  file?: TenantFile;
  /** `tenant.name`, where it is another than the file's. */
  said?: string;
  findings: Finding[];
}

/**
 * Checks the text of a tenant file by itself, with the portal's reader: YAML, the chart's schema, what the portal wants beyond
 * it, and the name.
 *
 * @param path - of the file, for the findings
 * @param name - of the tenant, as the path says
 * @param schema - the chart's; without it, the portal's rules alone
 * @param maxBytes - that the file may have
 */
export function checkTenantFile(
  path: string,
  name: string,
  text: string,
  schema?: SchemaErrors,
  maxBytes?: number,
): CheckedFile {
  const { problems, ...read } = readTenantFile(text, name, {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(schema ? { schema: document => judge(document, schema) } : {}),
  });
  return {
    ...read,
    findings: atMost(problems.map(problem => finding({ file: path, ...problem }))),
  };
}

/** The chart sees a file that sops has decrypted: without the key `sops`, and with values that nobody knows here. */
function judge(document: YamlDocument, schema: SchemaErrors) {
  const { [sopsKey]: _, ...values } = document.value as Record<string, unknown>;
  const encrypted = new Set(encryptedKeys(values));
  return schemaProblems(document, schema(values)).filter(({ key }) => !encrypted.has(key));
}

function encryptedKeys(value: unknown, path: string[] = []): string[] {
  if (isEncrypted(value)) return [formatKey(path)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => encryptedKeys(child, [...path, key]));
}
