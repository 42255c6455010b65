/** From the schemas that others publish to those that kubeconform reads. */

/** For people, or about where the schema was published. */
const leftOut = new Set(['description', '$schema', '$id', 'x-kubernetes-group-version-kind']);

/**
 * A schema with what it refers to put in its place, so that it needs no other file. A type that holds itself (only the
 * schema inside a CustomResourceDefinition does) is open from there on.
 * @param definitions - the types by name; a `$ref` ends with `/<name>`
 */
export function standalone(node, definitions, within = []) {
  if (Array.isArray(node)) return node.map(item => standalone(item, definitions, within));
  if (typeof node !== 'object' || node === null) return node;
  if (typeof node.$ref === 'string') {
    const name = node.$ref.slice(node.$ref.lastIndexOf('/') + 1);
    if (within.includes(name)) return {};
    if (!definitions[name]) throw new Error(`A schema refers to ${name}, which is not there.`);
    return standalone(definitions[name], definitions, [...within, name]);
  }
  const entries = Object.entries(node).filter(([key]) => !leftOut.has(key));
  return Object.fromEntries(
    entries.map(([key, value]) => {
      // What stands in `properties` are names, not keywords.
      if (key === 'properties') {
        return [key, mapValues(value, property => standalone(property, definitions, within))];
      }
      return [key, standalone(value, definitions, within)];
    }),
  );
}

/**
 * One schema per served version of a definition.
 * @param definition - a parsed CustomResourceDefinition (apiextensions.k8s.io/v1)
 * @returns `{ name, schema }`; the name is kind-group-version in lower case, with `.json`
 */
export function schemasOf(definition) {
  const { group, names, versions } = definition.spec;
  return versions
    .filter(version => version.served && version.schema?.openAPIV3Schema)
    .map(version => ({
      name: `${names.kind.toLowerCase()}-${group}-${version.name}.json`,
      schema: strict(version.schema.openAPIV3Schema),
    }));
}

/**
 * A structural schema as plain JSON schema that refuses unknown keys, as `kubectl apply` does with --validate=strict.
 * Kubernetes' extensions: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions
 */
export function strict(node) {
  const schema = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') schema.properties = mapValues(value, strict);
    else if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object')) {
      schema[key] = strict(value);
    } else if (!key.startsWith('x-kubernetes-') && key !== 'nullable') {
      // allOf, anyOf, oneOf and not only add values to what is described outside of them.
      schema[key] = value;
    }
  }
  if (node['x-kubernetes-int-or-string']) {
    delete schema.type;
    schema.anyOf = [{ type: 'integer' }, { type: 'string' }];
  }
  if (node.nullable && schema.type) schema.type = [schema.type, 'null'];
  if (isClosed(node)) schema.additionalProperties = false;
  return schema;
}

/** An embedded object may also have apiVersion, kind and metadata, so it stays open. */
function isClosed(node) {
  return (
    node.properties !== undefined &&
    node.additionalProperties === undefined &&
    !node['x-kubernetes-preserve-unknown-fields'] &&
    !node['x-kubernetes-embedded-resource']
  );
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
