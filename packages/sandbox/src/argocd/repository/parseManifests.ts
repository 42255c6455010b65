import { parseAllDocuments } from 'yaml';
import { isObject, JsonObject } from '../json/json';
import { KubernetesObject, kubernetesObjectSchema } from '../kubernetes/types';
import { ManifestError } from './manifestError';

/**
 * The objects of a text of YAML documents (JSON is YAML). Empty documents are left out, `kind: List` is taken apart.
 * @param name - the file's name, for the message of the error.
 * @throws {@link ManifestError} when the text is not YAML or a document is not a Kubernetes object.
 */
export function parseManifests(text: string, name: string): KubernetesObject[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  return [...documents].flatMap(document => {
    if (document.errors.length > 0) {
      throw new ManifestError(`Failed to unmarshal "${name}": ${document.errors[0].message}`);
    }
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    if (value === null || value === undefined) return [];
    if (!isObject(value)) {
      throw new ManifestError(`Failed to unmarshal "${name}": a document is not an object`);
    }
    const items = isList(value) ? value.items : [value];
    return items.map(item => parseObject(item, name));
  });
}

function parseObject(value: unknown, name: string): KubernetesObject {
  const parsed = kubernetesObjectSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ManifestError(
    `Failed to unmarshal "${name}": ${issue.path.join('.') || 'document'}: ${issue.message}`,
  );
}

function isList(value: JsonObject): value is JsonObject & { items: unknown[] } {
  return (
    typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)
  );
}
